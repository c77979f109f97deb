using Standstill.Measurement;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Capability.Trends;
using Standstill.Measurement.Numerics;

namespace Standstill.Cli.Tests;

internal static class HorizonExample
{
    /// <summary>From a run file to the day on which the frontier reaches a working week.</summary>
    public static IReadOnlyList<string> WhenAWeek(Stream file, Seed seed)
    {
        var reader = new RunFileReader(tasks: null);
        reader.Read(file, "runs.jsonl");
        if (reader.Finish() is not RunFileReading.Read { Set: var runs } read)
        {
            return [.. ((RunFileReading.Refused)reader.Finish()).Faults.Select(fault => fault.ToString())];
        }

        // METR's settings; change one with `with`: HorizonSettings.Horizon11 with { Weighting = TaskWeighting.EqualTask }
        var settings = HorizonSettings.Horizon11;
        var fits = HorizonEstimator.Fit(runs, settings);

        // The loop brings the threads; the result is the same with one or many.
        DrawLoop onAllCores = (count, body) => Parallel.For(0, count, body);
        var draws = HorizonBootstrap.Draw(runs, settings, [new Probability(0.5)], seed, draws: 500, onAllCores);

        var lines = read.Notes.ToList();
        foreach (var (agent, fit) in runs.Agents.Zip(fits))
        {
            var known = fit.Horizon(new Probability(0.5));
            lines.Add(known.Estimate is { } log ? $"{agent.Alias}: {Math.Exp(log):0.0} minutes" : $"{agent.Alias}: only bounds");
        }

        var history = HorizonHistory.Of(runs, fits, draws, level: 0);
        switch (FrontierForecast.Make(history, seed, onAllCores))
        {
            case FrontierForecasting.Made { Forecast: var forecast }:
                var crossing = forecast.Crossing(new Minutes(40 * 60));
                lines.Add(crossing.Quantile(new Probability(0.5)).Early switch
                {
                    CrossingDay.On on => $"40 h, median: {on.Date:yyyy-MM}",
                    CrossingDay.Already => "40 h, median: already",
                    _ => "40 h, median: not within ten years",
                });
                lines.Add(crossing.BeyondSupport ? "that is beyond the longest task of the suite" : "the suite has tasks that long");
                break;
            case FrontierForecasting.Refused { Fault: var fault }:
                lines.Add(fault.ToString());
                break;
        }

        return lines;
    }
}
