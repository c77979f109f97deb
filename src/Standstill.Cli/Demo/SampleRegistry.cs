using System.Text.Json.Nodes;
using Standstill.Cli.Commands;

namespace Standstill.Cli.Demo;

/// <summary>The charter, trigger and pact of the demo. Everybody in it is invented.</summary>
internal static class SampleRegistry
{
    public const string Origin = "standstill.example/sample";

    public const string Trigger = """
        trigger "Long autonomous work" version 1
          watch   when frontier horizon(50%) > 1 h with confidence 80%
          warn    when doubling time of frontier horizon(50%) since 2023-01-01 < 165 days with confidence 80%
          pause   when frontier horizon(50%) > 8 h with confidence 80%
          release when panel votes release
          evidence from at least 1 independent evaluator, none older than 365 days
          undetermined holds the last verdict
        """;

    public const string StrictTrigger = """
        trigger "Long autonomous work, twice measured" version 1
          pause   when frontier horizon(50%) > 8 h with confidence 80%
          release when panel votes release
          evidence from at least 2 independent evaluators, none older than 365 days
          undetermined holds the last verdict
        """;

    public static JsonObject Charter()
    {
        var charter = UpCommand.DefaultCharter();
        charter["name"] = "Sample registry";
        charter["purpose"] = "A demonstration. Every party here is invented, and nothing here binds anybody. The capability figures are the real ones that METR published.";
        charter["sample"] = true;
        charter["operatorName"] = "Sample operator (invented)";
        var limits = charter["limits"]!.AsObject();
        limits["tickSeconds"] = 31 * 86_400;
        limits["heartbeatSeconds"] = 62 * 86_400;
        foreach (var constituency in charter["constituencies"]!.AsArray())
        {
            constituency!["seats"] = 1;
            constituency["quorum"] = 1;
        }

        return charter;
    }

    public static (string Id, string Kind, string Name, string Jurisdiction)[] Parties { get; } =
    [
        ("sample-ash", "lab", "Ash Intelligence (invented)", "Freedonia"),
        ("sample-birch", "lab", "Birch Models (invented)", "Sylvania"),
        ("sample-cedar", "lab", "Cedar Research (invented)", "Freedonia"),
        ("sample-dogwood", "lab", "Dogwood Labs (invented)", "Ruritania"),
        ("sample-elm-cloud", "cloud", "Elm Cloud (invented)", "Ruritania"),
        ("sample-evaluator", "evaluator", "Fern Evaluations (invented)", "Sylvania"),
        ("sample-inspector", "inspector", "Gorse Inspectorate (invented)", "Ruritania"),
        ("sample-panel-developers", "panel-member", "Panel member for developers (invented)", "Freedonia"),
        ("sample-panel-researchers", "panel-member", "Panel member for researchers (invented)", "Sylvania"),
        ("sample-panel-policymakers", "panel-member", "Panel member for policymakers (invented)", "Ruritania"),
    ];

    /// <summary>Accelerators of the sample labs: H100s at 9.89e14 dense bf16 FLOP/s (NVIDIA H100 SXM data sheet).</summary>
    public static (string Party, long Count)[] Inventory { get; } =
    [
        ("sample-ash", 120_000),
        ("sample-birch", 90_000),
        ("sample-cedar", 100_000),
        ("sample-dogwood", 40_000),
        ("sample-elm-cloud", 50_000),
    ];

    public static (string Party, string Condition)[] Commitments { get; } =
    [
        ("sample-ash", "all of sample-birch and at least 50% of accounted compute"),
        ("sample-dogwood", "all of sample-ash, sample-birch, sample-cedar"),
        ("sample-cedar", "at least 2 of sample-ash, sample-birch, sample-dogwood"),
        ("sample-birch", "all of sample-ash or at least 2 of sample-cedar, sample-dogwood"),
    ];

    /// <summary>The pact of three small labs that are under meters.</summary>
    public const string MeteredPact = """
        pact "Sample pause under meters"
          stop     training runs above 1e21 FLOP
          allow    safety work
          trigger  long-autonomous-work
          prepare  within 2 days
          notice   3 days
          cure     14 days
          rulings  within 14 days
          owe      balance every 7 days
          withdraw with 30 days of notice
          blackout 0 days
          probation 90 days
          release  by trigger
          release  by all members
        """;

    public static (string Party, string Commitment)[] MeteredCommitments { get; } =
    [
        ("sample-hazel", "stop when all of sample-ivy, sample-juniper with assurance at least 25%\nslow by 50% when all of sample-juniper slowed by 50% with assurance at least 25%"),
        ("sample-ivy", "stop when all of sample-hazel, sample-juniper with assurance at least 25%"),
        ("sample-juniper", "stop when all of sample-hazel, sample-ivy with assurance at least 25%\nslow by 50% when all of sample-hazel slowed by 50% with assurance at least 25%"),
    ];
}
