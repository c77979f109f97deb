using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Standstill.Measurement.Numerics;
using Standstill.Measurement.Sampling;

namespace Standstill.Cli.Commands.Compute;

/// <summary>`standstill compute plan snapshots`: how many accelerators to look at so that a hidden run leaves a trace in one of them.</summary>
internal static class PlanSnapshotsCommand
{
    public static Command Make()
    {
        var flop = new Option<double>("--flop") { Description = "H: how large the hidden run is, in FLOP", DefaultValueFactory = _ => 1e25 };
        var days = new Option<double>("--days") { Description = "D: within how many days it is to be caught, and the longest that it takes", DefaultValueFactory = _ => 90 };
        var peak = new Option<string>("--peak") { Description = "Peak dense FLOP/s of one accelerator, or its name", DefaultValueFactory = _ => "H100" };
        var utilisation = new Option<double>("--utilisation") { Description = "The share of the peak that is reached", DefaultValueFactory = _ => 0.4 };
        var chips = new Option<int>("--chips") { Description = "C: how many accelerators are there", Required = true };
        var snapshots = new Option<double>("--snapshots-per-day") { Description = "s: snapshots of memory that each accelerator logs a day, at random times", DefaultValueFactory = _ => 1 };
        var inspections = new Option<int>("--inspections") { Description = "m: inspections within the D days", DefaultValueFactory = _ => 1 };
        var probability = new Option<double>("--probability") { Description = "How likely the run is to be caught", DefaultValueFactory = _ => 0.9 };
        var json = Inputs.Json();
        var command = new Command("snapshots", """
            How many accelerators to look at so that a hidden training run leaves a trace in one of them

            After Shavit (arXiv 2303.11341): accelerators log hashes of the weights in their memory, and an inspector has every
            hash of the accelerators that are drawn explained. The run is on the fewest accelerators that finish it in time,
            which is its best. Exit status 1 where even looking at all of them is not enough.

            Examples:
              standstill compute plan snapshots --chips 100000
              standstill compute plan snapshots --flop 5.76e23 --days 30 --chips 20000 --snapshots-per-day 0.5 --inspections 4
            """) { flop, days, peak, utilisation, chips, snapshots, inspections, probability, json };
        command.SetAction(parsed =>
        {
            var one = Figures.Peak("--peak", parsed.GetValue(peak)!);
            var run = new HiddenRun(parsed.GetValue(flop), parsed.GetValue(days), one.Value, parsed.GetValue(utilisation));
            if (run.Fault is { } fault)
            {
                throw new UsageException($"--{fault}");
            }

            var there = Figures.Whole("--chips", parsed.GetValue(chips), 1, Figures.MostItems);
            var rate = Figures.Positive("--snapshots-per-day", parsed.GetValue(snapshots));
            var visits = Figures.Whole("--inspections", parsed.GetValue(inspections), 1, 100_000);
            var demanded = Figures.Demanded("--probability", parsed.GetValue(probability));
            if (run.ChipDays / run.WithinDays > there)
            {
                throw new UsageException($"--chips: the run takes {Figures.Text(Math.Ceiling(run.ChipDays / run.WithinDays))} accelerators, and {Figures.Count(there)} are there: it cannot be run here");
            }

            var answer = SnapshotSampling.SmallestSample(run, there, rate, visits, demanded);
            var seen = 1 - PortableMath.Exp(-rate * run.WithinDays / visits);
            if (parsed.GetValue(json))
            {
                Output.Json(new JsonObject
                {
                    ["flop"] = run.Flop,
                    ["days"] = run.WithinDays,
                    ["peakFlopPerSecond"] = one.Value,
                    ["utilisation"] = run.Utilisation,
                    ["chips"] = there,
                    ["snapshotsPerDay"] = rate,
                    ["inspections"] = visits,
                    ["probability"] = demanded.Value,
                    ["chipDays"] = run.ChipDays,
                    ["inTheRun"] = run.FewestChips,
                    ["identification"] = seen,
                    ["sample"] = (answer as SampleAnswer.Enough)?.Size,
                    ["detection"] = Figures.Reached(answer).Value,
                });
            }
            else
            {
                Output.Line(string.Create(CultureInfo.InvariantCulture, $"the run     H = {Figures.Text(run.Flop)} FLOP at {Figures.Text(run.Utilisation)} of {Figures.Text(one.Value)} FLOP/s: {Figures.Count(run.ChipDays)} accelerator-days"));
                Output.Line($"in it       k = {Figures.Count(run.FewestChips)} of C = {Figures.Count(there)} accelerators, for all D = {Figures.Text(run.WithinDays)} days");
                Output.Line($"one look    shows it with q = 1 − e^(−s·D/m) = {seen.ToString("0.####", CultureInfo.InvariantCulture)}, s = {Figures.Text(rate)} a day, m = {Figures.Count(visits)}");
                Output.Line(answer is SampleAnswer.Enough enough
                    ? $"look at     n = {Figures.Count(enough.Size)} at each of {Figures.Count(visits)}, {Figures.Count((double)enough.Size * visits)} in all: it is caught with {Figures.Chance(enough.Detection)}"
                    : $"look at     none is enough: looking at all each time catches it with {Figures.Chance(Figures.Reached(answer))}, and {Figures.Text(demanded.Value)} is demanded");
            }

            return answer is SampleAnswer.Enough ? Exit.Good : Exit.Refused;
        });
        return command;
    }
}
