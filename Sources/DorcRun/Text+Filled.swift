internal import DorcModel

extension Text {
    /// With what CloudFormation would put into the text at deployment.
    func filled(account: String, partition: String, region: String) -> String {
        filled { hole in
            switch hole {
            case .accountID: account
            case .partition: partition
            case .region: region
            }
        }
    }
}
