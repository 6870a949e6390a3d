#if Configuration

    import Configuration
    import LoginEnvironment
    import OAuthTypes

    extension SettingTexts {
        init(_ config: ConfigReader) async {
            var texts: [LoginVariable: String] = [:]
            var faults: [SettingFault] = []
            for variable in LoginVariable.allCases {
                do { texts[variable] = try await config.text(of: variable) } catch {
                    faults.append(error.fault(of: variable))
                }
            }
            self.init(texts, faults: faults) { $0.key }
        }
    }

    /// Why a key gives no text.
    private enum UnreadableKeyError: Error {
        case failed(String)
        case separatorInValue

        func fault(of variable: LoginVariable) -> SettingFault {
            switch self {
            case .failed(let words):
                // What a provider says may hold the value.
                let reason = variable.isSecret ? "" : ": \(words.printable(upTo: 200))"
                let kind = variable.separator == nil ? "a text" : "a text or a list of texts"
                return SettingFault(
                    setting: variable.key, problem: "it cannot be read\(reason)", fix: "Give \(kind).")
            case .separatorInValue:
                return SettingFault(
                    setting: variable.key, problem: "one of its values holds a comma or a space",
                    fix: "Give each value alone.")
            }
        }
    }

    extension ConfigReader {
        /// The text of a key; nil if no provider has it. `string(forKey:)` would not tell that from a value of another type.
        fileprivate func text(of variable: LoginVariable) async throws(UnreadableKeyError) -> String? {
            let key = ConfigKey(variable.key)
            do { return try await fetchString(forKey: key, isSecret: variable.isSecret) } catch {
                guard let separator = variable.separator,
                    let values = try? await fetchStringArray(forKey: key, isSecret: variable.isSecret)
                else { throw .failed("\(error)") }
                guard values.allSatisfy({ !$0.contains { $0 == "," || $0 == " " } }) else { throw .separatorInValue }
                return values.joined(separator: separator)
            }
        }
    }

#endif
