import DorcImport
import Testing

/// Triggers of rAPId: an S3 trigger on its data bucket, with variables and secrets for the client.
@Suite struct OriginalRapidTests {
    private func imported(
        _ arguments: [(String, Original.Value)], layer: [(String, Original.Value)]? = nil,
        rapid: [(String, Original.Value)] = [
            ("url", .text("https://rapid.example")), ("data_bucket_name", .text("rapid-data")),
        ]
    ) throws -> Imported {
        var original = Original()
        original.files["src/raw/census/Pulumi.dev.yaml"] = ""
        let layers =
            layer.map { [("rapid_layer_config", Original.Value.list([original.call("LayerConfig", $0)]))] } ?? []
        let universal = original.call(
            "UniversalConfig", [("project", .text("demo")), ("region", .text("eu-west-2"))] + layers)
        let config = original.call(
            "Config", [("universal", universal), ("rAPId_config", original.call("rAPIdConfig", rapid))])
        original.pipeline(trigger: original.call("rAPIdTrigger", arguments), config: config)
        let imported = try original.imported()
        #expect(imported.mistakes == [])
        return imported
    }

    private static let areas: [(String, Original.Value)] = [("domain", .text("Census")), ("name", .text("areas"))]

    @Test func `the prefix is that of the data set, in the layer that LayerConfig names`() throws {
        let imported = try imported(
            Self.areas, layer: [("folder", .text("raw")), ("source", .text("landing")), ("target", .text("clean"))])
        #expect(
            imported.text()?.contains("bucket: \"${rapid_data_bucket}\"\n      prefix: data/landing/census/areas/\n")
                == true)
        #expect(imported.project.contains("rapid_data_bucket: rapid-data\n      rapid_url: https://rapid.example\n"))
        #expect(imported.entry("LayerConfig.source")?.outcome == .takenOver)
        #expect(imported.entry("LayerConfig.target")?.outcome == .noEquivalent)
        #expect(imported.entry("rAPIdConfig.url")?.target == "dorc.yaml: environments.dev.variables.rapid_url")
    }

    @Test func `without a LayerConfig the pipeline's layer is taken, with a TODO`() throws {
        let imported = try imported(Self.areas)
        #expect(imported.text()?.contains("prefix: data/raw/census/areas/") == true)
        #expect(imported.text()?.contains("# TODO prefix: ") == true)
    }

    @Test func `a data set that is not known has a placeholder`() throws {
        let imported = try imported([("domain", .unknown("DOMAIN")), ("name", .text("areas"))])
        #expect(imported.text()?.contains("of domain: DOMAIN, name: \"areas\"\n      prefix: change-me\n") == true)
        #expect(imported.entry("rAPIdTrigger.name")?.outcome == .differs)
    }

    @Test func `the client's credentials are secrets`() throws {
        let imported = try imported(Self.areas)
        let text = try #require(imported.text())
        #expect(text.contains("RAPID_CLIENT_ID: rapid/raw-census:client_id"))
        #expect(text.contains("# TODO secret: "))
        let known = try self.imported(Self.areas + [("client_key", .text("abc"))])
        #expect(known.text()?.contains("RAPID_CLIENT_ID: abc") == true)
        #expect(known.entry("rAPIdTrigger.client_key")?.outcome == .takenOver)
    }

    @Test func `what rAPId's configuration does not say is a TODO of each environment`() throws {
        let imported = try imported(Self.areas, rapid: [("url", .unknown("os.getenv('URL')"))])
        #expect(imported.project.contains("# TODO rapid_url: "))
        #expect(imported.project.contains("# TODO rapid_data_bucket: "))
        #expect(imported.entry("rAPIdConfig.url")?.isDecision == true)
    }
}
