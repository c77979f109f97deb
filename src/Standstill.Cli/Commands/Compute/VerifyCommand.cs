using System.CommandLine;
using System.Text.Json.Nodes;
using Standstill.Audit;
using Standstill.Meter.Closing;
using Standstill.Meter.Store;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute verify`: checks the opening of a challenge against the ledger.</summary>
internal static class VerifyCommand
{
    public static Command Make()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory; it is audited first" };
        var opening = new Argument<string?>("opening") { Description = "The opening, a folder or a zip archive", Arity = ArgumentArity.ZeroOrOne };
        var name = new Option<string>("--challenge") { Description = "The challenge's name", Required = true };
        var write = new Option<string?>("--write-challenge") { Description = "Write the challenge as a file, for `standstill meter open` at the facility" };
        var json = Inputs.Json();
        var command = new Command("verify", """
            Check an opening: the draw, the proofs, the files' hashes, and every sum computed again from the raw samples

            Needs the ledger and the opening, and nothing of the facility. Exit status 1 where something is wrong.

            Examples:
              standstill compute verify /mnt/copy spring-1.zip --challenge spring-1
              standstill compute verify http://127.0.0.1:7800 --challenge spring-1 --write-challenge spring-1.json
            """) { source, opening, name, write, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var path = parsed.GetValue(opening);
            if (path is null && parsed.GetValue(write) is null)
            {
                throw new UsageException("nothing to do: name the opening after the ledger, the file that the party has handed over, or give --write-challenge");
            }

            if (path is not null && !File.Exists(path) && !Directory.Exists(path))
            {
                throw new UsageException($"there is no opening `{path}`; it is the file or folder that the party has handed over");
            }

            using var http = new HttpClient();
            var ledger = Inputs.ParseSource(parsed.GetValue(source)!, http);
            var report = await Auditor.RunAsync(ledger, cancellation: cancellation);
            if (report.Fault is { } fault)
            {
                throw new InvalidDataException($"`{parsed.GetValue(source)}` does not pass its audit: {fault}");
            }

            var id = parsed.GetValue(name)!;
            if (!Slug.IsGood(id) || !report.World!.Challenges.TryGetValue(new ChallengeId(id), out var record))
            {
                throw new UsageException($"--challenge: the registry has no challenge `{id}`");
            }

            if (record.Body.Kind != ChallengeKind.Chunks)
            {
                throw new UsageException($"--challenge: `{id}` draws accelerators; check shown serial numbers with `standstill compute serials check`");
            }

            var entry = await Auditor.EntryAsync(ledger, record.Body.Entry.Value, report.Checkpoint!.Size, cancellation);
            var period = entry.Statement?.Body is ComputeDigestBody digest ? digest.Period : throw new InvalidOperationException("the rules let challenges name digests alone");
            var challenge = new Challenge(id, Digest.Of(period.ToJson()), record.Body.CheckpointRoot, record.Body.Draw);
            if (parsed.GetValue(write) is { } output)
            {
                await File.WriteAllBytesAsync(output, challenge.ToJson(), cancellation);
                Output.Line($"written to `{output}`");
            }

            return path is null ? Exit.Good : Check(report, record, period, challenge, path, parsed.GetValue(json));
        });
        return command;
    }

    private static int Check(AuditReport report, ChallengeRecord record, PeriodDigest period, Challenge challenge, string path, bool json)
    {
        var faults = report.Notes.Where(n => n.StartsWith($"challenge `{challenge.Id}`", StringComparison.Ordinal)).ToList();
        var scratch = Directory.CreateTempSubdirectory("standstill-opening-");
        try
        {
            faults.AddRange(OpeningCheck.Faults(period, challenge, path, scratch.FullName).Select(f => f.ToString()));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }

        if (record.Answer is { } answer && File.Exists(path) && FileDigest.Of(path) != answer.Opening)
        {
            faults.Add($"`{path}` is not the file whose digest was answered at entry {record.Answered!.Value.Entry}");
        }

        var drawn = ChallengeDraw.Positions(challenge.CheckpointRoot, challenge.Id, period.Chunks, challenge.Count);
        if (json)
        {
            Output.Json(new JsonObject { ["good"] = faults.Count == 0, ["drawn"] = new JsonArray([.. drawn.Select(d => JsonValue.Create(d))]), ["faults"] = new JsonArray([.. faults.Select(f => JsonValue.Create(f))]) });
        }
        else
        {
            Output.Line($"digest of {period.Facility}/{period.Area} from {UtcTime.Format(period.From)}: {drawn.Length} of {period.Chunks} chunks drawn, {string.Join(", ", drawn.Take(20))}{(drawn.Length > 20 ? "…" : "")}");
            foreach (var fault in faults)
            {
                Output.Line($"wrong: {fault}");
            }

            Output.Line(faults.Count == 0 ? "good: what was opened is what the digest commits to, and its sums are true" : $"not good: {faults.Count} faults");
        }

        return faults.Count == 0 ? Exit.Good : Exit.Refused;
    }
}
