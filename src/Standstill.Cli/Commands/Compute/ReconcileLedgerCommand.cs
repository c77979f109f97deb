using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Audit;
using Standstill.Measurement;
using Standstill.Measurement.Accounting;
using Standstill.Measurement.Fleet;
using Standstill.Protocol;
using Standstill.Protocol.Balances;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute reconcile ledger`: what the two ends of movements say, and chip-time against operations of declared runs.</summary>
internal static class ReconcileLedgerCommand
{
    private static readonly Probability Confidence = new(0.95);

    public static Command Make()
    {
        var source = new Argument<string>("source") { Description = "The ledger: an http address or a directory; it is audited first" };
        var key = Inputs.LogKey();
        var json = Inputs.Json();
        var command = new Command("ledger", """
            Hold movements' two ends against each other, and declared runs' chip-time against their operations

            A run's chip-hours and FLOP are summed over all periods in which its use was declared with a number of FLOP; where it
            never was, what the lab has reported of the run stands against all its hours. The spread of utilisations is that of
            published runs. Exit status 1 where something does not agree, or one end has been silent for 30 days.

            Examples:
              standstill compute reconcile ledger http://127.0.0.1:7800
              standstill compute reconcile ledger /mnt/copy --json
            """) { source, key, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var from = parsed.GetValue(source)!;
            using var http = new HttpClient();
            var (report, uses) = await Auditor.StatementsAsync<UseDeclaredBody>(Inputs.ParseSource(from, http), Inputs.ParseLogKey(parsed.GetValue(key)), null, cancellation);
            if (report.Fault is { } fault)
            {
                throw new InvalidDataException($"`{from}` does not pass its audit: {fault}");
            }

            var world = report.World!;
            var moved = world.Transfers.Values.Select(t => Of(t, world.Now)).ToArray();
            var runs = Runs(world, uses);
            if (parsed.GetValue(json))
            {
                Output.Json(Document(world, moved, runs));
            }
            else
            {
                Print(world, moved, runs);
            }

            return moved.All(m => m.Agrees) && runs.All(r => r.Verdict is null or WorkVerdict.Consistent) ? Exit.Good : Exit.Refused;
        });
        return command;
    }

    /// <summary>A transfer, what is to be said of it, and whether nothing is wrong with it so far.</summary>
    private sealed record Moved(TransferRecord Transfer, string Text, bool Agrees);

    /// <summary>A run's declared chip-time, and the operations that it is held against.</summary>
    /// <param name="Run">Its name, after the party that declared it.</param>
    /// <param name="Hours">Chip-hours in all periods.</param>
    /// <param name="Compared">Those of them that the operations are about.</param>
    /// <param name="Peak">The mean peak of an accelerator in these, weighted by hours.</param>
    /// <param name="Work">The operations; null where nobody says.</param>
    /// <param name="Source">Who says them.</param>
    /// <param name="Periods">How many declarations name the run.</param>
    /// <param name="Verdict">How the two compare; null where there is nothing to compare.</param>
    private sealed record Declared(string Run, double Hours, double Compared, double Peak, double? Work, string Source, int Periods, WorkVerdict? Verdict);

    private static Moved Of(TransferRecord transfer, DateTimeOffset now)
    {
        var ends = transfer.Ends;
        if (!transfer.IsComplete)
        {
            var silent = ends[0].Party == transfer.Key.First ? transfer.Key.Second : transfer.Key.First;
            var late = now - ends[0].At.Time > TransferRecord.Patience;
            return new Moved(transfer, $"{ends[0].Party} alone; {silent} {(late ? "is silent for more than 30 days" : "has time until " + UtcTime.Format(ends[0].At.Time + TransferRecord.Patience)[..10])}", !late);
        }

        return transfer.Agrees ? new Moved(transfer, "agrees", true)
            : transfer.Difference != 0 ? new Moved(transfer, $"differs by {Math.Abs(transfer.Difference!.Value).ToString(CultureInfo.InvariantCulture)}", false)
            : new Moved(transfer, ends[0].Body.Accelerator == ends[1].Body.Accelerator ? "the same number with other serial numbers" : "the same number of another kind", false);
    }

    private static ImmutableArray<Declared> Runs(World world, ImmutableArray<Said<UseDeclaredBody>> uses) =>
    [
        .. uses
            .SelectMany(said => said.Body.Uses.Where(u => u.Run is not null && u.ChipHours > 0)
                .Select(u => (Run: u.Run!.Value, Use: u, world.Areas[new AreaKey(said.Party, said.Body.Facility, said.Body.Area)].Body.PeakFlopPerSecond)))
            .GroupBy(u => u.Run.Value, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Run(world, g.Key, [.. g.Select(u => (u.Use, u.PeakFlopPerSecond))])),
    ];

    private static Declared Run(World world, string name, ImmutableArray<(UseLine Use, double Peak)> lines)
    {
        var records = world.Runs.Values.Where(r => r.Declaration.Run.Value == name).ToArray();
        var counted = lines.Where(l => l.Use.Flop is not null).ToImmutableArray();
        var (compared, work, source) =
            !counted.IsEmpty ? (counted, counted.Sum(l => l.Use.Flop!.Value), "declared use")
            : records.Any(r => r.Updated is not null) ? (lines, records.Sum(r => r.FlopSoFar), "the run's report")
            : (lines, (double?)null, "nobody");
        var hours = compared.Sum(l => l.Use.ChipHours);
        var peak = compared.Sum(l => l.Use.ChipHours * l.Peak) / hours;
        return new Declared(
            $"{string.Join(" or ", records.Select(r => r.Party.Value))}/{name}", lines.Sum(l => l.Use.ChipHours), hours, peak, work, source, lines.Length,
            work is { } operations ? WorkVerdict.Of(new DeclaredWork.Stated(new Flop(operations)), new ChipHours(hours), new FlopPerSecond(peak), UtilisationModel.Published, Confidence) : null);
    }

    private static void Print(World world, Moved[] moved, ImmutableArray<Declared> runs)
    {
        Output.Line($"{world.Charter?.Name ?? "no charter"}, as of {UtcTime.Format(world.Now)}, {world.Size.ToString(CultureInfo.InvariantCulture)} entries");
        if (moved.Length == 0)
        {
            Output.Line("no movement between two parties is on record");
        }
        else
        {
            Output.Columns(["movement", "what", "between", "each says", "", "entries"], moved.Select(m => new[]
            {
                m.Transfer.Key.Movement.Value, Words.Of(m.Transfer.Key.Kind), $"{m.Transfer.Key.First}, {m.Transfer.Key.Second}",
                string.Join("; ", m.Transfer.Ends.Select(e => $"{e.Party} {Words.Of(e.Body.Step)} {Figures.Count(e.Body.Count)} {e.Body.Accelerator}")), m.Text,
                string.Join(", ", m.Transfer.Ends.Select(e => e.At.Entry.ToString())),
            }));
        }

        Output.Line();
        if (runs.IsEmpty)
        {
            Output.Line("no chip-time is declared for a run");
            return;
        }

        Output.Columns(["run", "lines", "chip-hours", "FLOP", "said by", "of the peak", ""], runs.Select(r => new[]
        {
            r.Run, Figures.Count(r.Periods), Hours(r.Hours), r.Work is { } work ? SimulateCommand.Flop(work) : "–", r.Source,
            r.Verdict is { } verdict ? verdict.Implied.ToString("G3", CultureInfo.InvariantCulture) : "–", Text(r),
        }));
        var model = UtilisationModel.Published;
        Output.Line($"consistent is what lies within {Figures.Text(Confidence.Value * 100)} % of a lognormal utilisation with median {Figures.Text(model.Median)} and σ {Figures.Text(model.LogSigma)}: what hides within it is not detectable by these measures");
    }

    private static string Text(Declared run)
    {
        var part = run.Compared < run.Hours ? $" (of {Hours(run.Compared)} chip-hours whose FLOP are said)" : "";
        return run.Verdict switch
        {
            null => "nothing to compare",
            WorkVerdict.Consistent => $"consistent{part}",
            WorkVerdict.MoreTime more => $"{Hours(more.Unexplained.Value)} chip-hours more than the work explains{part}",
            WorkVerdict.MoreWork more => $"{SimulateCommand.Flop(more.Elsewhere.Value)} FLOP more than the time plausibly yields{part}",
            WorkVerdict.Impossible more => $"impossible: {SimulateCommand.Flop(more.Elsewhere.Value)} FLOP beyond the peak{part}",
            _ => throw new InvalidOperationException("an unknown verdict"),
        };
    }

    private static string Word(WorkVerdict? verdict) => verdict switch
    {
        null => "nothing-to-compare",
        WorkVerdict.Consistent => "consistent",
        WorkVerdict.MoreTime => "more-time",
        WorkVerdict.MoreWork => "more-work",
        WorkVerdict.Impossible => "impossible",
        _ => throw new InvalidOperationException("an unknown verdict"),
    };

    private static JsonObject Document(World world, Moved[] moved, ImmutableArray<Declared> runs) => new()
    {
        ["asOf"] = UtcTime.Format(world.Now),
        ["entries"] = world.Size,
        ["movements"] = new JsonArray([.. moved.Select(m => new JsonObject
        {
            ["movement"] = m.Transfer.Key.Movement.Value, ["what"] = Words.Of(m.Transfer.Key.Kind), ["agrees"] = m.Agrees, ["complete"] = m.Transfer.IsComplete, ["difference"] = m.Transfer.Difference, ["text"] = m.Text,
            ["ends"] = new JsonArray([.. m.Transfer.Ends.Select(e => new JsonObject { ["party"] = e.Party.Value, ["step"] = Words.Of(e.Body.Step), ["count"] = e.Body.Count, ["accelerator"] = e.Body.Accelerator, ["entry"] = e.At.Entry.Value })]),
        })]),
        ["runs"] = new JsonArray([.. runs.Select(r => new JsonObject
        {
            ["run"] = r.Run, ["lines"] = r.Periods, ["chipHours"] = r.Hours, ["compared"] = r.Compared, ["peakFlopPerSecond"] = r.Peak, ["flop"] = r.Work, ["saidBy"] = r.Source,
            ["implied"] = r.Verdict?.Implied, ["verdict"] = Word(r.Verdict), ["text"] = Text(r),
        })]),
    };

    private static string Hours(double value) => value.ToString("#,0.##", CultureInfo.InvariantCulture);
}
