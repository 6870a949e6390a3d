"""nginx, Apache, HAProxy and Caddy as they come, each in a folder of its own. Each is known by its process id and nothing else."""

import os
import re
import signal
import socket
import subprocess

from checks import Failed, eventually

NGINX = """
user root; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1; daemon off;
events {{ worker_connections 128; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream app {{ server 127.0.0.1:{app}; {keepalive} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://app; {http11} }}
  }}
}}
"""
APACHE = """
ServerRoot {folder}
ServerName localhost
PidFile {folder}/pid
ErrorLog {folder}/error.log
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule proxy_module {modules}/mod_proxy.so
LoadModule proxy_http_module {modules}/mod_proxy_http.so
{user}
ProxyPass / http://127.0.0.1:{app}/
"""
HAPROXY = """
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
frontend in
  bind 127.0.0.1:{port}
  default_backend app
backend app
  server one 127.0.0.1:{app}
"""

# What Caddy would else do on its own: get certificates, listen everywhere, take orders.
CADDY = """
{{
    admin off
    auto_https off
    default_bind 127.0.0.1
}}
"""
GUIDE = os.path.join(os.path.dirname(__file__), "../../Docs/Guides/BehindAProxy.md")


def of_the_guide(proxy):
    """The configuration that the guide shows for a proxy."""
    with open(GUIDE, encoding="utf-8") as file:
        found = re.search(rf"^### {proxy}\n\n((?:    .*\n|\n)+)", file.read(), re.M)
    if not found:
        raise Failed(f"the guide shows no configuration for {proxy}")
    return re.sub("^    ", "", found[1], flags=re.M)


def put(text, **places):
    """The text with each place of the guide replaced; it must be there."""
    for old, new in places.values():
        if old not in text:
            raise Failed(f"the guide's configuration lacks {old}")
        text = text.replace(old, new)
    return text


class Proxy:
    running = []

    def __init__(self, kind, folder, port, app):
        self.kind, self.folder, self.port, self.app = kind, os.path.join(folder, kind), port, app

    def __enter__(self):
        os.mkdir(self.folder)
        configuration = os.path.join(self.folder, "configuration")
        with open(configuration, "w", encoding="utf-8") as file:
            file.write(self._configuration())
        command = {
            "nginx": ["nginx", "-p", self.folder, "-e", self.folder + "/error.log", "-c", configuration],
            "nginx-keepalive": ["nginx", "-p", self.folder, "-e", self.folder + "/error.log", "-c", configuration],
            "apache": ["apache2", "-f", configuration, "-D", "FOREGROUND"],
            "haproxy": ["haproxy", "-f", configuration, "-db"],
            "caddy": ["caddy", "run", "--config", configuration, "--adapter", "caddyfile"],
        }[self.kind]
        log = os.path.join(self.folder, "output.log")
        with open(log, "ab") as output:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env=self._environment())
        Proxy.running.append(self.process)
        eventually(lambda: self.process.poll() is not None or self._listens(), f"{self.kind} listening")
        if self.process.poll() is not None:
            with open(log, encoding="utf-8", errors="replace") as file:
                raise Failed(f"{self.kind} ended with {self.process.returncode}: {file.read()[-500:]}")
        return self

    def __exit__(self, *_):
        end(self.process)

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _environment(self):
        # Caddy keeps files below the user's home.
        homes = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
        return {**os.environ, **{name: self.folder for name in homes}}

    def _configuration(self):
        values = {"folder": self.folder, "port": self.port, "app": self.app}
        if self.kind.startswith("nginx"):
            keeps = self.kind == "nginx-keepalive"
            return NGINX.format(
                **values, keepalive="keepalive 4;" if keeps else "",
                http11='proxy_http_version 1.1; proxy_set_header Connection "";' if keeps else "")
        if self.kind == "apache":
            user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
            return APACHE.format(**values, modules="/usr/lib/apache2/modules", user=user)
        if self.kind == "caddy":
            site = put(
                of_the_guide("Caddy"), address=("app.example", f"http://localhost:{self.port}"),
                app=("127.0.0.1:3000", f"127.0.0.1:{self.app}"))
            return CADDY.format(**values) + site
        return HAPROXY.format(**values)


def end(process):
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stop_all():
    for process in Proxy.running:
        end(process)
