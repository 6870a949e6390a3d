# A Rails program in one file that is nothing but an OpenID provider: doorkeeper with doorkeeper-openid_connect.
#
# `server.rb setup` fills the database; without an argument it serves. The signing key is read anew for each request, so
# that it can change at run time.
require "action_controller/railtie"
require "active_record/railtie"
require "action_view/railtie"
require "sprockets/railtie"
require "doorkeeper"
require "doorkeeper/openid_connect"
require "json"

CONFIG = JSON.parse(File.read(ENV["PROVIDER_CONFIG"]))
BASE, DATA = CONFIG.values_at("base", "data")

def key_of_the_day
  File.read(DATA + "/key.pem")
end

# The gem's own consent page forgets the nonce, and its manual says to mend that: all that came in goes out again.
FIELDS = %w[redirect_uri state response_type response_mode scope code_challenge code_challenge_method nonce]

def consent_form(method, label)
  hidden = FIELDS.map { |name| "<%= hidden_field_tag :#{name}, params[:#{name}] %>" }.join
  "<%= form_tag oauth_authorization_path, method: :#{method} do %>" \
    "<%= hidden_field_tag :client_id, @pre_auth.client.uid %>#{hidden}<%= submit_tag '#{label}', name: nil %><% end %>"
end

page = DATA + "/app/views/doorkeeper/authorizations/new.html.erb"
FileUtils.mkdir_p(File.dirname(page))
File.write(page, consent_form("post", "Authorize") + consent_form("delete", "Deny"))

class KeyChange
  def initialize(app)
    @app = app
  end

  def call(env)
    Doorkeeper::OpenidConnect.configuration.instance_variable_set(:@signing_key, key_of_the_day)
    @app.call(env)
  end
end

class Provider < Rails::Application
  config.load_defaults 6.1
  config.root = DATA
  config.eager_load = false
  # A throw-away value: the program lives for one run of the tests.
  config.secret_key_base = "x" * 64
  config.logger = Logger.new($stderr)
  config.log_level = :warn
  config.hosts.clear
  config.consider_all_requests_local = false
  config.active_record.legacy_connection_handling = false
  # Cookies are shared by all ports of a host, so they need names of their own.
  config.session_store :cookie_store, key: "doorkeepersession"
  config.middleware.use KeyChange
end

ENV["DATABASE_URL"] = "sqlite3:" + DATA + "/db.sqlite3"
ActiveRecord::Base.establish_connection(adapter: "sqlite3", database: DATA + "/db.sqlite3", pool: 10, timeout: 10000)

class User < ActiveRecord::Base; end
class ApplicationController < ActionController::Base; end

Doorkeeper.configure do
  orm :active_record
  resource_owner_authenticator do
    User.find_by(id: session[:user]) || (session[:back] = request.fullpath) && redirect_to("/login") && nil
  end
  default_scopes :openid
  optional_scopes :profile, :email
  grant_flows %w[authorization_code]
  use_refresh_token
  force_ssl_in_redirect_uri false
end

Doorkeeper::OpenidConnect.configure do
  issuer BASE
  signing_key key_of_the_day
  signing_algorithm :RS256
  subject_types_supported [:public]
  protocol { :http }
  end_session_endpoint { BASE + "/logout" }
  resource_owner_from_access_token { |token| User.find_by(id: token.resource_owner_id) }
  auth_time_from_resource_owner { |user| user.signed_in_at }
  reauthenticate_resource_owner do |_, back|
    session.delete(:user)
    session[:back] = back
    redirect_to "/login"
  end
  subject { |user, _| user.name }
  claims do
    claim(:name, scope: :profile) { |user| user.name.capitalize + " Example" }
    claim(:preferred_username, scope: :profile) { |user| user.name }
    claim(:email, scope: :email) { |user| user.name + "@example.org" }
    claim(:email_verified, scope: :email) { true }
  end
end

class LoginController < ActionController::Base
  self.allow_forgery_protection = false
  PAGE = '<!doctype html><title>Sign in</title><form method="post" action="/login"><input name="username">' \
    '<input name="password" type="password"><button>Sign in</button></form>'

  def show
    render html: PAGE.html_safe
  end

  def enter
    user = User.find_by(name: params[:username])
    return render(plain: "no", status: 403) unless user && params[:password] == CONFIG["users"][user.name]
    user.update!(signed_in_at: Time.now)
    session[:user] = user.id
    redirect_to(session.delete(:back) || "/")
  end

  def leave
    session.delete(:user)
    return render(plain: "logged out") unless params[:post_logout_redirect_uri] == CONFIG["post_logout_uri"]
    state = params[:state] ? "?state=" + CGI.escape(params[:state]) : ""
    redirect_to(params[:post_logout_redirect_uri] + state)
  end
end

Provider.initialize!
Provider.routes.draw do
  use_doorkeeper
  use_doorkeeper_openid_connect
  get "/login", to: "login#show"
  post "/login", to: "login#enter"
  get "/logout", to: "login#leave"
  post "/logout", to: "login#leave"
end

def create_tables
  ActiveRecord::Schema.verbose = false
  ActiveRecord::Schema.define do
    create_table(:users) do |table|
      table.string :name
      table.datetime :signed_in_at
    end
    create_table(:oauth_applications) do |table|
      %i[name uid secret].each { |column| table.string column, null: false }
      table.text :redirect_uri
      table.string :scopes, null: false, default: ""
      table.boolean :confidential, null: false, default: true
      table.timestamps null: false
    end
    create_table(:oauth_access_grants) do |table|
      table.references :resource_owner, null: false
      table.references :application, null: false
      table.string :token, null: false
      table.integer :expires_in, null: false
      table.text :redirect_uri, null: false
      table.datetime :created_at, null: false
      table.datetime :revoked_at
      table.string :scopes, null: false, default: ""
      table.string :code_challenge
      table.string :code_challenge_method
    end
    create_table(:oauth_access_tokens) do |table|
      table.references :resource_owner
      table.references :application
      table.string :token, null: false
      table.string :refresh_token
      table.integer :expires_in
      table.datetime :revoked_at
      table.datetime :created_at, null: false
      table.string :scopes
      table.string :previous_refresh_token, null: false, default: ""
    end
    create_table(:oauth_openid_requests) do |table|
      table.references :access_grant, null: false
      table.string :nonce, null: false
    end
  end
end

if ARGV[0] == "setup"
  create_tables
  CONFIG["users"].each_key { |name| User.create!(name: name) }
  CONFIG["clients"].each do |id, secret|
    Doorkeeper::Application.create!(
      name: id, uid: id, secret: secret, redirect_uri: CONFIG["redirect_uri"], scopes: "openid profile email")
  end
else
  require "rack/handler/puma"
  Rack::Handler::Puma.run(Provider, Host: "127.0.0.1", Port: CONFIG["port"], Threads: "1:4", Silent: true)
end
