/// Lambda guide, "Working with environment variables".
enum LambdaEnvironment {
    static let byteLimit = 4096

    static func isReserved(_ name: String) -> Bool {
        reserved.contains(name) || name.hasPrefix("AWS_LAMBDA_")
    }

    private static let reserved: Set<String> = [
        "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_REGION",
        "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT",
    ]
}
