import LoginEnvironment

let login = ConfiguredLogin.orExit()
