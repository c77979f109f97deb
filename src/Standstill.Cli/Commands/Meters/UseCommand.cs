using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Cli.Commands.Pacts;
using Standstill.Meter.Formats;
using Standstill.Protocol;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Meters;

/// <summary>`standstill meter use`: what accelerators were used for in a period, from Slurm's accounting.</summary>
internal static class UseCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("accounting") { Description = "What `sacct --allusers --parsable2 --format=JobIDRaw,State,Start,End,ElapsedRaw,AllocTRES,NNodes,Partition,Account,User` wrote, with TZ=UTC" };
        var facility = new Option<string>("--facility") { Description = "The facility", Required = true };
        var area = new Option<string>("--area") { Description = "The balance area", Required = true };
        var from = new Option<string>("--from") { Description = "Beginning of the balance period, UTC, `2026-03-05T14:00:00Z`", Required = true };
        var to = new Option<string>("--to") { Description = "Its end", Required = true };
        var uses = new Option<string[]>("--use") { Description = "What an account's hours are: `ACCOUNT=training:RUN`, `ACCOUNT=inference`, `=research` or `=down`; one for each account", AllowMultipleArgumentsPerToken = true };
        var empty = new Option<bool>("--empty") { Description = "Nothing ran in the period: declare no use" };
        var sending = Sending.Make();
        var command = new Command("use", """
            Turn Slurm's accounting into a `use-declared` statement for a balance period

            Every account with hours in the period must be said to be something: nothing is guessed. A declaration is final.

            Example:
              standstill meter use jobs.txt --facility hall-1 --area training --from 2026-03-05T00:00:00Z --to 2026-03-06T00:00:00Z --use llm=training:cedar-1 serve=inference --body use.json
            """) { file, facility, area, from, to, uses, empty };
        sending.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (start, end) = (Time("--from", parsed.GetValue(from)!), Time("--to", parsed.GetValue(to)!));
            if (end <= start)
            {
                throw new UsageException("--to: not after --from");
            }

            var records = SlurmAccounting.Read(Inputs.ReadText(parsed.GetValue(file)!));
            if (records.Rejected.Total > 0)
            {
                throw new RefusedException([.. records.Rejected.Samples.Take(20).Select(r => $"`{parsed.GetValue(file)}`: {r}"), $"`{parsed.GetValue(file)}`: {records.Rejected.Total} lines could not be read; a declaration is final, so mend them first"]);
            }

            var meaning = (parsed.GetValue(uses) ?? []).Select(Meaning).ToDictionary(m => m.Account, m => (m.Use, m.Run), StringComparer.Ordinal);
            var found = SlurmUse.Of(records.Jobs, start, end, end).Where(u => u.GpuHours > 0).ToArray();
            var unknown = found.Select(u => u.Account).Where(a => !meaning.ContainsKey(a)).Distinct(StringComparer.Ordinal).ToArray();
            Output.Columns(["account", "partition", "chip-hours", "jobs", "declared as"], found.Select(u => new[]
            {
                u.Account, u.Partition, u.GpuHours.ToString("0.###", CultureInfo.InvariantCulture), u.Jobs.ToString(CultureInfo.InvariantCulture),
                meaning.TryGetValue(u.Account, out var m) ? Words.Of(m.Use) + (m.Run is { } r ? $" {r}" : "") : "?",
            }));
            if (unknown.Length > 0)
            {
                throw new RefusedException([$"nothing says what {string.Join(", ", unknown.Select(a => $"`{a}`"))} is; add --use ACCOUNT=training:RUN, =inference, =research or =down"]);
            }

            if (found.Length == 0 && !parsed.GetValue(empty))
            {
                throw new RefusedException(["no job has hours in that period; if nothing ran, say so with --empty: a declaration is final"]);
            }

            var lines = found.GroupBy(u => meaning[u.Account]).OrderBy(g => g.Key.Use).ThenBy(g => g.Key.Run, StringComparer.Ordinal).Select(g => new JsonObject
            {
                ["use"] = Words.Of(g.Key.Use),
                ["run"] = g.Key.Run,
                ["chipHours"] = g.Sum(u => u.GpuHours),
            });
            return await sending.DoneAsync(parsed, "use-declared", new JsonObject
            {
                ["facility"] = parsed.GetValue(facility),
                ["area"] = parsed.GetValue(area),
                ["from"] = UtcTime.Format(start),
                ["to"] = UtcTime.Format(end),
                ["uses"] = new JsonArray([.. lines]),
            }, cancellation);
        });
        return command;
    }

    private static DateTimeOffset Time(string option, string text) =>
        UtcTime.TryParse(text, out var time) ? time : throw new UsageException($"{option}: `{text}` is not a time in UTC; write `2026-03-05T14:00:00Z`");

    private static (string Account, ComputeUse Use, string? Run) Meaning(string text)
    {
        var parts = text.Split('=', 2);
        var what = parts.Length == 2 ? parts[1].Split(':', 2) : [];
        return what switch
        {
            ["training", var run] when Slug.IsGood(run) => (parts[0], ComputeUse.Training, run),
            ["inference"] => (parts[0], ComputeUse.Inference, null),
            ["research"] => (parts[0], ComputeUse.Research, null),
            ["down"] => (parts[0], ComputeUse.Down, null),
            _ => throw new UsageException($"--use: `{text}` is not `ACCOUNT=training:RUN`, `ACCOUNT=inference`, `ACCOUNT=research` or `ACCOUNT=down`"),
        };
    }
}
