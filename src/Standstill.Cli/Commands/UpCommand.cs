using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Node;
using Standstill.Node.Notices;

namespace Standstill.Cli.Commands;

/// <summary>`standstill up`: runs a node.</summary>
internal static class UpCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "Where the node keeps ledger and keys", DefaultValueFactory = _ => "standstill-data" };
        var listen = new Option<string>("--listen")
        {
            Description = "Where it listens; on this machine alone unless you say otherwise",
            DefaultValueFactory = _ => NodeSettings.DefaultListen.ToString().TrimEnd('/'),
        };
        var origin = new Option<string>("--origin") { Description = "The log's name in checkpoints, set when the registry is founded", DefaultValueFactory = _ => "standstill.example/registry" };
        var charter = new Option<string?>("--charter") { Description = "A JSON file with the charter's fields, used when the registry is founded; without it a small one is taken" };
        var notices = new Option<string?>("--notices") { Description = "A JSON file that says who is told of what happens to pacts, by webhook or mail" };
        var command = new Command("up", """
            Run a node: a ledger, its API and its pages

            Examples:
              standstill up
              standstill up --data /srv/registry --charter charter.json --origin registry.example/2026
              standstill up --notices notices.json
            """) { data, listen, origin, charter, notices };
        command.SetAction(async (parsed, cancellation) =>
        {
            var body = parsed.GetValue(charter) is { } file
                ? JsonNode.Parse(Inputs.ReadJson(file).GetRawText()) as JsonObject ?? throw new UsageException($"`{file}` is not a JSON object")
                : DefaultCharter();
            var settings = new NodeSettings(parsed.GetValue(data)!, Inputs.ParseUrl(parsed.GetValue(listen)!), parsed.GetValue(origin)!, body, TimeProvider.System)
            {
                Notices = parsed.GetValue(notices) is { } who ? ReadNotices(who) : null,
            };
            await using var node = await StandstillNode.StartAsync(settings, cancellation);
            if (node.Origin != settings.Origin && parsed.GetResult(origin) is { Implicit: false })
            {
                Output.Error($"note: --origin is for founding; this ledger was founded as `{node.Origin}`");
            }

            if (!node.Founded && parsed.GetValue(charter) is not null)
            {
                Output.Error("note: --charter is for founding; this registry keeps the charter of its entry 0");
            }

            Output.Line($"registry {node.Current.World.Registry}");
            Output.Line($"log key  {node.Current.World.Charter!.Log}");
            Output.Line($"entries  {node.Current.World.Size}");
            Output.Line($"pages    {node.Address}");
            await node.WaitAsync(cancellation);
            return Exit.Good;
        });
        return command;
    }

    private static NoticeSettings ReadNotices(string file)
    {
        var read = NoticeFile.Read(file);
        return read.IsGood ? read.Value : throw new RefusedException([.. read.Faults.Select(f => $"`{file}`: {f}")]);
    }

    /// <summary>A registry of one's own to begin with: labs and clouds come in freely, the rest by the operator's accreditation.</summary>
    internal static JsonObject DefaultCharter() => new()
    {
        ["name"] = "A Standstill registry",
        ["purpose"] = "Commitments to pause that bind only when the others' pauses can be verified.",
        ["operatorName"] = "The operator",
        ["admission"] = new JsonArray(
        [
            .. new[] { ("lab", "open"), ("cloud", "open"), ("evaluator", "operator"), ("inspector", "operator"), ("panel-member", "operator"), ("witness", "operator") }
                .Select(rule => new JsonObject { ["kind"] = rule.Item1, ["rule"] = rule.Item2 }),
        ]),
        ["constituencies"] = new JsonArray(
        [
            .. new[] { "developers", "researchers", "policymakers" }.Select(name => new JsonObject { ["name"] = name, ["seats"] = 5, ["quorum"] = 3 }),
        ]),
        ["limits"] = new JsonObject { ["entryBytes"] = 65535, ["tickSeconds"] = 300, ["clockSkewSeconds"] = 60, ["heartbeatSeconds"] = 86400 },
    };
}
