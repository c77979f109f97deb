using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Audit;

namespace Standstill.Cli.Commands;

/// <summary>`standstill audit`: checks a ledger from the outside.</summary>
internal static class AuditCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory" };
        var key = Inputs.LogKey();
        var only = new Option<bool>("--ledger-only") { Description = "Check hashes, tiles and checkpoint of any tlog-tiles log, whatever its entries are; needs --key" };
        var json = Inputs.Json();
        var command = new Command("audit", """
            Check a ledger from the outside: every hash, proof and signature, and what its entries establish

            Names the first thing that is wrong. Exit status 0 when nothing is, 1 when something is.

            Examples:
              standstill audit http://127.0.0.1:7800
              standstill audit /mnt/copy --key 'standstill.example/registry+…'
              standstill audit other-log/ --ledger-only --key vkey
            """) { source, key, only, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var http = new HttpClient();
            var from = Inputs.ParseSource(parsed.GetValue(source)!, http);
            var logKey = Inputs.ParseLogKey(parsed.GetValue(key));
            var report = parsed.GetValue(only)
                ? await Auditor.RunLedgerOnlyAsync(from, logKey ?? throw new UsageException("--ledger-only needs the log's key: add --key"), cancellation)
                : await Auditor.RunAsync(from, logKey, cancellation: cancellation);
            if (parsed.GetValue(json))
            {
                Output.Json(Document(report));
            }
            else
            {
                Print(report);
            }

            return report.IsGood ? Exit.Good : Exit.Refused;
        });
        return command;
    }

    internal static JsonObject Document(AuditReport report) => new()
    {
        ["good"] = report.IsGood,
        ["source"] = report.Source,
        ["logKey"] = report.LogKey,
        ["keyWasGiven"] = report.KeyWasGiven,
        ["size"] = report.Checkpoint?.Size,
        ["root"] = report.Checkpoint?.Root.ToString(),
        ["registry"] = report.World?.Registry?.Hex,
        ["digest"] = report.Digest?.Hex,
        ["claimedDigest"] = report.ClaimedDigest,
        ["voidEntries"] = report.World?.VoidEntries,
        ["notes"] = new JsonArray([.. report.Notes.Select(n => JsonValue.Create(n))]),
        ["fault"] = report.Fault is { } fault ? new JsonObject { ["place"] = fault.Place, ["message"] = fault.Message } : null,
    };

    private static void Print(AuditReport report)
    {
        Output.Line($"ledger    {report.Source}");
        Output.Line($"log key   {report.LogKey ?? "unknown"}{(report.KeyWasGiven ? "" : "  (from the charter; --key pins it)")}");
        if (report.Checkpoint is { } checkpoint)
        {
            Output.Line($"entries   {checkpoint.Size}, root {checkpoint.Root}");
        }

        if (report.World is { } world)
        {
            Output.Line($"registry  {world.Registry}");
            Output.Line($"void      {world.VoidEntries}");
            Output.Line($"digest    {report.Digest}{(report.ClaimedDigest is null ? "" : "  (the node says the same)")}");
        }

        foreach (var note in report.Notes)
        {
            Output.Line($"note      {note}");
        }

        Output.Line(report.Fault is { } fault ? $"WRONG     {fault}" : "good: every hash, proof and signature holds");
    }
}
