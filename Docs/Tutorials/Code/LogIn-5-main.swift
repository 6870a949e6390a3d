import LoginEnvironment

let login = try ConfiguredLogin()
