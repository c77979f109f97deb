using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement.Fleet;
using Standstill.Protocol.Statements;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute reconcile runs`: the utilisation that published or declared runs imply, and which stand out.</summary>
internal static class ReconcileRunsCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "JSON with a list `rows`: system, quantity, hours, peak_bf16, compute_flop; also date, hardware, mfu_reported, method. `-` for standard input" };
        var all = new Option<bool>("--all") { Description = "Show every run, not only those that stand out" };
        var json = Inputs.Json();
        var command = new Command("runs", """
            Hold the operations that are said of training runs against their chip-time, and name the runs that stand out

            Implied utilisation is operations / (accelerators · hours · 3600 · peak). Above 1 it is impossible; a modified z-score
            beyond 3.5 on the logarithm (Iglewicz and Hoaglin 1993) is low or high.

            Examples:
              standstill compute reconcile runs runs.json
              standstill compute reconcile runs runs.json --all --json
            """) { file, all, json };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var runs = PublishedRunReading.Read(Inputs.ReadText(path)) switch
            {
                PublishedRunReading.Accepted accepted => accepted.Runs,
                PublishedRunReading.Refused refused => throw new RefusedException([$"{path}: {refused.Fault}"]),
                _ => throw new InvalidOperationException("an unknown reading"),
            };
            if (runs.Length < 3)
            {
                throw new RefusedException([$"{path}: rows: {runs.Length.ToString(CultureInfo.InvariantCulture)} runs have no spread; give at least three"]);
            }

            var spread = UtilisationSpread.Of(runs);
            var odd = new Dictionary<PublishedRun, OddRun>(ReferenceEqualityComparer.Instance);
            foreach (var one in spread.Odd)
            {
                odd[one.Run] = one;
            }

            var shown = parsed.GetValue(all) ? runs : [.. spread.Odd.Select(o => o.Run)];
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject
                {
                    ["runs"] = spread.Runs,
                    ["median"] = spread.Median,
                    ["madSigma"] = spread.MadSigma,
                    ["quartileSigma"] = spread.QuartileSigma,
                    ["plainSigma"] = spread.PlainSigma,
                    ["odd"] = spread.Odd.Length,
                    ["rows"] = new JsonArray([.. shown.Select(r => new JsonObject
                    {
                        ["system"] = r.System, ["date"] = r.Date, ["hardware"] = r.Hardware, ["quantity"] = r.Quantity, ["hours"] = r.Hours, ["peak"] = r.Peak.Value, ["flop"] = r.Operations.Value,
                        ["implied"] = r.ImpliedUtilisation, ["reported"] = r.ReportedUtilisation,
                        ["score"] = odd.TryGetValue(r, out var o) && double.IsFinite(o.Score) ? o.Score : null, ["why"] = o is null ? null : Words.Of(o.Why),
                    })]),
                });
                return Exit.Good;
            }

            Output.Line($"{Figures.Count(spread.Runs)} runs: half imply {Share(spread.Median)} of the peak or more; σ of the logarithm {Share(spread.QuartileSigma)} by quartiles, {Share(spread.MadSigma)} by absolute deviations, {Share(spread.PlainSigma)} with the wrong ones");
            Output.Line($"{Figures.Count(spread.Odd.Count(o => o.Why == RunOddity.Impossible))} need more than the peak, {Figures.Count(spread.Odd.Count(o => o.Why == RunOddity.Low))} are low, {Figures.Count(spread.Odd.Count(o => o.Why == RunOddity.High))} high");
            Output.Columns(["run", "accelerators", "kind", "hours", "FLOP", "implied", "reported", "z", ""], shown.Select(r => new[]
            {
                r.System, Figures.Count(r.Quantity), r.Hardware, r.Hours.ToString("#,0.#", CultureInfo.InvariantCulture), SimulateCommand.Flop(r.Operations.Value), Share(r.ImpliedUtilisation),
                r.ReportedUtilisation is { } reported ? Share(reported) : "–",
                odd.TryGetValue(r, out var o) ? o.Score.ToString("0.0", CultureInfo.InvariantCulture) : "", o is null ? "" : Words.Of(o.Why),
            }));
            return Exit.Good;
        });
        return command;
    }

    private static string Share(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
