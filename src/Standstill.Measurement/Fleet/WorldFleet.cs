using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Fleet;

/// <summary>What accelerators are counted in.</summary>
public enum FleetMeasure
{
    /// <summary>Pieces.</summary>
    Units,

    /// <summary>H100-equivalents at dense bf16: what declarations in FLOP per second come to.</summary>
    DenseBf16,

    /// <summary>H100-equivalents as the tables publish them, at dense 8-bit operations.</summary>
    Published,
}

/// <summary>What is assumed in an estimate, all of it stated.</summary>
/// <param name="Measure">What is counted.</param>
/// <param name="Life">How long accelerators stay in use.</param>
/// <param name="Correlation">How errors go together.</param>
/// <param name="Declared">What parties declare, in the measure, 0 or more.</param>
public sealed record FleetAssumptions(FleetMeasure Measure, ServiceLife Life, FleetCorrelation Correlation, double Declared);

/// <summary>An amount with its 5th, 50th and 95th percentile. May be below zero where it is a difference.</summary>
/// <param name="Low">The 5th.</param>
/// <param name="Median">The median.</param>
/// <param name="High">The 95th.</param>
public readonly record struct FleetInterval(double Low, double Median, double High);

/// <summary>One kind of one maker.</summary>
/// <param name="Maker">The maker.</param>
/// <param name="Chip">The kind.</param>
/// <param name="To">Up to which day the count goes.</param>
/// <param name="Made">How much was made, in the measure.</param>
/// <param name="InUse">The share still in use.</param>
/// <param name="Incomplete">Whether its last quarter is not all there.</param>
/// <param name="Converted">Whether the kind was not in the table of accelerators, so that the published ratio stands for the bf16 one.</param>
public sealed record FleetLine(string Maker, string Chip, DateOnly To, FleetPercentiles Made, double InUse, bool Incomplete, bool Converted);

/// <summary>One maker's sum.</summary>
/// <param name="Maker">The maker.</param>
/// <param name="Made">How much was made.</param>
/// <param name="InUse">How much is in use.</param>
public sealed record MakerTotal(string Maker, FleetInterval Made, FleetInterval InUse);

/// <summary>The world's accelerators on a day: made − retired − declared = nobody's.</summary>
/// <param name="AsOf">The day.</param>
/// <param name="Assumptions">What is assumed.</param>
/// <param name="Lines">By maker and kind.</param>
/// <param name="Makers">By maker, in the order of names.</param>
/// <param name="Made">How much was made.</param>
/// <param name="Retired">How much is retired by the assumed life.</param>
/// <param name="Nobodys">What nobody declares. Its lower limit below zero means that the declarations may explain everything.</param>
public sealed record WorldFleet(
    DateOnly AsOf,
    FleetAssumptions Assumptions,
    ImmutableArray<FleetLine> Lines,
    ImmutableArray<MakerTotal> Makers,
    FleetInterval Made,
    FleetInterval Retired,
    FleetInterval Nobodys)
{
    private const double NinetiethScore = 1.6448536269514722;

    /// <summary>How many draws an estimate takes: its limits are good to about one per cent of the spread.</summary>
    public const int Draws = 20_000;

    /// <summary>Estimates.</summary>
    /// <remarks>Each count is split-lognormal through its three percentiles; their scores are correlated as stated; sums are taken draw by
    /// draw. Of each kind the last count up to the day is taken: nothing is extrapolated beyond it.</remarks>
    /// <param name="rows">Tables of what was made by kind, of all makers together.</param>
    /// <param name="accelerators">The peaks, for the bf16 measure.</param>
    /// <param name="asOf">The day.</param>
    /// <param name="assumptions">What is assumed.</param>
    /// <param name="seed">The seed of the draws.</param>
    /// <exception cref="ArgumentException">A row has no kind, the correlation has a fault, or the declared amount is negative.</exception>
    public static WorldFleet On(
        ImmutableArray<FleetRow> rows, AcceleratorTable accelerators, DateOnly asOf, FleetAssumptions assumptions, Seed seed)
    {
        if (assumptions.Correlation.Fault is { } fault || rows.Any(row => row.Chip.Length == 0) || !(assumptions.Declared >= 0))
        {
            throw new ArgumentException("rows by kind, a correlation without fault, and a declared amount of 0 or more", nameof(assumptions));
        }

        var lines = rows
            .Where(row => row.To <= asOf && row.Units.Median > 0)
            .GroupBy(row => (row.Maker, row.Chip))
            .OrderBy(group => group.Key.Maker, StringComparer.Ordinal).ThenBy(group => group.Key.Chip, StringComparer.Ordinal)
            .Select(group => Line([.. group.OrderBy(row => row.To)], accelerators, asOf, assumptions))
            .ToImmutableArray();
        var makers = lines.Select(line => line.Maker).Distinct().ToImmutableArray();
        var made = new double[makers.Length + 1][];
        var used = new double[makers.Length + 1][];
        for (var m = 0; m <= makers.Length; m++)
        {
            (made[m], used[m]) = (new double[Draws], new double[Draws]);
        }

        var (between, within) = (assumptions.Correlation.BetweenMakers, assumptions.Correlation.WithinMaker);
        var (ofAll, ofMaker, own) = (Math.Sqrt(between), Math.Sqrt(within - between), Math.Sqrt(1 - within));
        for (var draw = 0; draw < Draws; draw++)
        {
            var random = SeededRandom.Stream(seed, (ulong)draw);
            var world = random.NextNormal();
            var shared = makers.Select(_ => random.NextNormal()).ToArray();
            foreach (var line in lines)
            {
                var m = makers.IndexOf(line.Maker);
                var amount = Draw(line.Made, (ofAll * world) + (ofMaker * shared[m]) + (own * random.NextNormal()));
                made[m][draw] += amount;
                used[m][draw] += amount * line.InUse;
                made[^1][draw] += amount;
                used[^1][draw] += amount * line.InUse;
            }
        }

        return new WorldFleet(
            asOf,
            assumptions,
            lines,
            [.. makers.Select((maker, m) => new MakerTotal(maker, Interval(made[m]), Interval(used[m])))],
            Interval(made[^1]),
            Interval([.. made[^1].Zip(used[^1], (all, left) => all - left)]),
            Interval([.. used[^1].Select(left => left - assumptions.Declared)]));
    }

    private static FleetLine Line(ImmutableArray<FleetRow> counts, AcceleratorTable accelerators, DateOnly asOf, FleetAssumptions assumptions)
    {
        var last = counts[^1];
        var known = accelerators.Find(last.Chip) as AcceleratorLookup.Found ?? accelerators.Find(last.Chip.Split('/')[0]) as AcceleratorLookup.Found;
        var bf16 = assumptions.Measure == FleetMeasure.DenseBf16 && known is not null;
        var ratio = bf16 ? H100Equivalents.Of(known!.Accelerator, EquivalentMeasure.DenseBf16) : 1;
        var amount = assumptions.Measure == FleetMeasure.Units || bf16 ? last.Units : last.PublishedH100;
        return new FleetLine(
            last.Maker, last.Chip, last.To,
            new FleetPercentiles(amount.Low * ratio, amount.Median * ratio, amount.High * ratio),
            assumptions.Life.ShareInUse([.. counts.Select(row => (row.To, row.Units.Median))], last.From, asOf),
            last.Incomplete,
            assumptions.Measure == FleetMeasure.DenseBf16 && known is null);
    }

    private static double Draw(FleetPercentiles of, double z)
    {
        if (of.Median <= 0 || of.Low <= 0)
        {
            return of.Median;
        }

        var sigma = PortableMath.Log(z < 0 ? of.Median / of.Low : of.High / of.Median) / NinetiethScore;
        return of.Median * PortableMath.Exp(z * sigma);
    }

    private static FleetInterval Interval(double[] draws)
    {
        double[] sorted = [.. draws.Order()];
        return new FleetInterval(UtilisationSpread.Quantile(sorted, 0.05), UtilisationSpread.Quantile(sorted, 0.5), UtilisationSpread.Quantile(sorted, 0.95));
    }
}
