using System.Collections.Immutable;
using Standstill.Cli.Plots;

namespace Standstill.Cli.Tests.Plots;

/// <summary>Made-up figures that look as real ones do.</summary>
internal static class MadeUp
{
    public static readonly PlotSource Source = new(
        "logistic regression on log2 human minutes, a family weighs as the root of its tasks, penalty 1e-5",
        "9f2c41d07be85a3310c6f4d2aa90b7e1c35d8846ff2019ab7c54e0d3b1866f72",
        1000,
        "9f2c41d07be85a3310c6f4d2aa90b7e1c35d8846ff2019ab7c54e0d3b1866f72");

    private static readonly string[] Names =
    [
        "GPT-2", "davinci-002", "GPT-3.5 Turbo Instruct", "GPT-4 0314", "GPT-4 1106 (Inspect)", "Claude 3 Opus (Inspect)", "GPT-4 Turbo (Inspect)", "GPT-4o (Inspect)",
        "Claude 3.5 Sonnet (Old) (Inspect)", "o1-preview", "Claude 3.5 Sonnet (New) (Inspect)", "o1 (Inspect)", "Claude 3.7 Sonnet (Inspect)", "o3 (Inspect)",
        "Claude 4 Opus (Inspect)", "GPT-5 (Inspect)", "Gemini 3 Pro", "GPT-5.1-Codex-Max (Inspect)",
    ];

    /// <summary>Agents whose horizons double every two panels.</summary>
    public static CurvesFigure Curves(int agents) =>
        new("Success by length of task", [.. Enumerable.Range(0, agents).Select(i => Panel(i, agents))], Source);

    /// <summary>A rising frontier with a few models behind it, one bound, a trend and a forecast.</summary>
    public static TrendFigure Trend()
    {
        var start = new DateOnly(2023, 3, 14);
        var points = Enumerable.Range(0, 16).Select(i =>
        {
            var day = start.AddDays(70 * i);
            var behind = i % 4 == 3;
            var minutes = 4 * Math.Pow(2, 70 * i / 150.0) * (behind ? 0.4 : 1);
            return new HorizonPoint($"Model {i}", day, minutes, minutes / 2.1, minutes * 2.4, !behind, AtLeast: i == 15);
        });
        var last = start.AddDays(70 * 15);
        double Median(int days) => 4 * Math.Pow(2, days / 150.0);
        return new(
            "50 % time horizon of the frontier",
            "50 % time horizon",
            [.. points],
            [new("one slope, doubling in 150 days", [new(start, Median(0)), new(last.AddDays(700), Median(70 * 15 + 700))])],
            new(last, [.. Enumerable.Range(0, 30).Select(i => 300 + 60 * i).Select(days =>
            {
                var spread = 0.15 + Math.Max(0, days - 1050) / 700.0;
                return new FanDay(start.AddDays(days), Median(days) * Math.Exp(-1.64 * spread), Median(days) * Math.Exp(-0.67 * spread), Median(days), Median(days) * Math.Exp(0.67 * spread), Median(days) * Math.Exp(1.64 * spread));
            })]),
            [new("watch: > 8 h", 480), new("pause: > 40 h", 2400)],
            1800,
            Source);
    }

    /// <summary>Two lengths, the nearer almost certain.</summary>
    public static CrossingFigure Crossing() => new(
        "When the frontier crosses a length",
        [
            new("40 h", 0.062, 0.004, Months(new(2026, 6, 1), 40, 8, 0.934), new CrossingDay.On(new(2027, 2, 10)), new CrossingDay.Already(), new CrossingDay.On(new(2028, 9, 3))),
            new("167 h", 0.0003, 0.071, Months(new(2026, 6, 1), 110, 24, 0.9287), new CrossingDay.On(new(2028, 7, 1)), new CrossingDay.On(new(2027, 2, 1)), new CrossingDay.Never()),
        ],
        Source);

    private static ImmutableArray<MonthMass> Months(DateOnly first, int count, double scale, double mass)
    {
        var weights = Enumerable.Range(0, count).Select(i => (i + 1) / scale).Select(t => t * Math.Exp(-t)).ToArray();
        return [.. weights.Select((weight, i) => new MonthMass(first.AddMonths(i), weight / weights.Sum() * mass))];
    }

    private static AgentPanel Panel(int i, int agents)
    {
        var horizon = 0.5 * Math.Pow(2, i * (agents > 10 ? 0.55 : 10.0 / Math.Max(agents, 4)));
        double Success(double minutes) => 1 / (1 + Math.Pow(minutes / horizon, 0.65));
        var bins = Enumerable.Range(0, 11).Select(bin =>
        {
            var minutes = Math.Pow(2, -4 + 1.3 * bin);
            var success = Math.Clamp(Success(minutes) + 0.11 * Math.Sin(7.1 * bin + 3 * i), 0, 1);
            var half = 0.06 + 0.12 * Math.Sqrt(success * (1 - success));
            return new SuccessBin(minutes, success, Math.Max(0, success - half), Math.Min(1, success + half), 1 + 4 * Math.Abs(Math.Sin(bin + i)));
        });
        var p80 = horizon * Math.Pow(0.25, 1 / 0.65);
        var beyond = horizon > 1500;
        return new(
            i < Names.Length ? Names[i] : $"A later model {i}",
            new DateOnly(2019, 2, 14).AddDays(100 * i),
            [.. bins],
            CurvePoint.Sample(Success),
            [new(0.5, beyond ? null : horizon, horizon / 2, beyond ? double.PositiveInfinity : horizon * 2.3), new(0.8, p80, p80 / 2.5, p80 * 2.2)],
            Math.Pow(2, -4 + 1.3 * 11));
    }
}
