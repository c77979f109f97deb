using System.Collections.Immutable;
using Standstill.Measurement.Accounting;

namespace Standstill.Measurement.Adversary;

/// <summary>How the accelerators of an area spend their time by declaration, as shares of chip-hours that sum to at most 1; the rest is other
/// declared use.</summary>
/// <param name="Idle">Installed, powered, without work.</param>
/// <param name="Down">Documented as out of order.</param>
/// <param name="Training">Declared training.</param>
/// <param name="Inference">Declared inference.</param>
/// <param name="Activity">Hours weighted by activity over present hours, in (0, 1]: what the energy model is given.</param>
public sealed record AreaUse(double Idle, double Down, double Training, double Inference, double Activity)
{
    /// <summary>An area of a large lab. An assumption: 10 % idle, 3 % down, 40 % training, 40 % inference, mean activity 0.5.</summary>
    public static AreaUse Usual { get; } = new(0.10, 0.03, 0.40, 0.40, 0.5);
}

/// <summary>A balance area of the party and what watches it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Chips">Installed accelerators, above 0.</param>
/// <param name="MeteredShare">The share of them with a meter, in [0, 1]. Those without are in no balance: a visit alone can see them.</param>
/// <param name="Use">How they are used by declaration.</param>
/// <param name="Balance">The tests on its balance; absent where none is made.</param>
public sealed record AreaInPlace(string Name, int Chips, double MeteredShare, AreaUse Use, BalanceDesign? Balance);

/// <summary>Challenges: chunks of raw telemetry opened on demand.</summary>
/// <param name="PerYear">Challenges to each area in a year, from 0 up.</param>
/// <param name="ChunksEach">Chunks drawn by each, without replacement.</param>
/// <param name="ChunksPerDay">Chunks that an area commits to in a day, at least as many.</param>
public sealed record ChallengePlan(int PerYear, int ChunksEach, int ChunksPerDay);

/// <summary>Inspections on site.</summary>
/// <param name="PerYear">Visits to the party in a year, from 0 up, each to one of its areas, all areas equally likely.</param>
/// <param name="LookedAt">Accelerators looked at in a visit, drawn without replacement.</param>
/// <param name="Identification">The probability that a wrong accelerator that is looked at is recognised.</param>
/// <param name="RandomTiming">Whether nobody can foresee the day; otherwise visits are evenly spaced and known.</param>
/// <param name="NoticeHours">Hours between the call and the first look.</param>
public sealed record VisitPlan(int PerYear, int LookedAt, Probability Identification, bool RandomTiming, int NoticeHours);

/// <summary>A test for training among work declared as inference.</summary>
/// <param name="Separation">d′ of one day: by how many standard deviations of the daily score an area moves whose declared inference is all
/// training. An assumption until it is measured.</param>
/// <param name="Persistent">The standard deviation of an area's lasting offset, in units of the daily score's: mixes of work differ.</param>
/// <param name="FalseAlarmsPerYear">The stated rate for each area.</param>
public sealed record FeatureTest(double Separation, double Persistent, double FalseAlarmsPerYear);

/// <summary>Recomputation of declared work.</summary>
/// <remarks>The declared work of an area is 24 segments a day: large jobs, of which an hour is drawn as one. An assumption.</remarks>
/// <param name="Share">The share of declared segments that are drawn and computed again, each by itself, in [0, 1].</param>
/// <param name="Identification">The probability that a segment which is not what was declared fails to reproduce.</param>
public sealed record RecomputationPlan(double Share, Probability Identification);

/// <summary>Accelerators made, not retired, and declared by nobody: what no measure sees.</summary>
/// <param name="Low">The lower end of the interval, chips of the reference kind (H100-equivalents).</param>
/// <param name="Median">The middle.</param>
/// <param name="High">The upper end.</param>
/// <param name="Reachable">The share of them that the party could get hold of, in [0, 1]. An assumption.</param>
public sealed record WorldRemainder(double Low, double Median, double High, double Reachable);

/// <summary>What an accelerator of the reference kind does in training.</summary>
/// <param name="PeakFlopPerSecond">Dense peak.</param>
/// <param name="Utilisation">The share of the peak that training reaches, in (0, 1].</param>
public sealed record AcceleratorRate(double PeakFlopPerSecond, double Utilisation)
{
    /// <summary>An H100 SXM (989.4 · 10¹² dense bf16 operations a second) at 40 %.</summary>
    public static AcceleratorRate H100 { get; } = new(989.4e12, 0.4);

    /// <summary>Operations in an hour of one accelerator.</summary>
    public double FlopPerChipHour => PeakFlopPerSecond * Utilisation * 3600;
}

/// <summary>All that is in place to see a diversion by one party.</summary>
/// <remarks>All areas are balanced over periods of the same length, a whole number of them in a day.</remarks>
public sealed record MeasuresInPlace
{
    /// <summary>The measures with which the documents' figures are computed: a large lab, watched as well as this program allows.</summary>
    /// <remarks>All of it is assumed, none of it measured at a real party: 20 areas of 5,000 H100s, metered whole, balanced daily with errors of
    /// 0.5 % (random), 0.2 % (meter) and 0.1 % (count, every 90 days); energy with errors of 2 % and 1 %; 0.02 false alarms a year for each area's
    /// balance and as many for its features (d′ = 2 a day, lasting mix 0.5), 0.1 for the party's balance; monthly challenges of 8 of 144 daily
    /// chunks; 12 unannounced visits a year to 64 accelerators each; movements noticed at 0.8; half of all rentals reconciled; one declared segment
    /// in a thousand computed again. The remainder is a round figure for about a tenth of the world's accelerators, of which 2 % could be had.</remarks>
    public static MeasuresInPlace Reference { get; } = new()
    {
        Areas =
        [
            .. Enumerable.Range(1, 20).Select(i => new AreaInPlace(
                $"area-{i:00}",
                5000,
                1,
                AreaUse.Usual,
                new BalanceDesign(new ErrorModel(0.005, 0.002, 0.001), BudgetStep.OneMoreEnergyMeter.Usual, 0.02, 365))),
        ],
        GlobalFalseAlarmsPerYear = 0.1,
        Features = new FeatureTest(2, 0.5, 0.02),
        Challenges = new ChallengePlan(12, 8, 144),
        Visits = new VisitPlan(12, 64, new Probability(0.9), RandomTiming: true, NoticeHours: 0),
        MovementIdentification = new Probability(0.8),
        RentalsReconciled = 0.5,
        Recomputation = new RecomputationPlan(0.001, new Probability(0.9)),
        Remainder = new WorldRemainder(1e6, 2e6, 3e6, 0.02),
    };

    /// <summary>The party's declared areas, at least one.</summary>
    public required ImmutableArray<AreaInPlace> Areas { get; init; }

    /// <summary>What its accelerators do.</summary>
    public AcceleratorRate Rate { get; init; } = AcceleratorRate.H100;

    /// <summary>Days between inventory counts, from 1 up. All areas are counted on the same days.</summary>
    public int CountEveryDays { get; init; } = 90;

    /// <summary>The stated rate of false alarms of the tests on the party's balance; absent where only local balances are tested.</summary>
    public double? GlobalFalseAlarmsPerYear { get; init; }

    /// <summary>The test of shapes; absent where features are not reported.</summary>
    public FeatureTest? Features { get; init; }

    /// <summary>Challenges; absent where none are made.</summary>
    public ChallengePlan? Challenges { get; init; }

    /// <summary>Visits; absent where none are made.</summary>
    public VisitPlan? Visits { get; init; }

    /// <summary>The probability that a shipment which only one end signed is noticed; absent where movements are not accounted.</summary>
    public Probability? MovementIdentification { get; init; }

    /// <summary>The share of the world's rental contracts whose two ends are both on the ledger and matched, in [0, 1].</summary>
    public double RentalsReconciled { get; init; }

    /// <summary>Recomputation; absent where none is made.</summary>
    public RecomputationPlan? Recomputation { get; init; }

    /// <summary>What nobody declares; absent where no estimate is at hand.</summary>
    public WorldRemainder? Remainder { get; init; }

    /// <summary>Accelerators in all areas.</summary>
    public long Chips
    {
        get
        {
            var sum = 0L;
            foreach (var area in Areas)
            {
                sum += area.Chips;
            }

            return sum;
        }
    }
}
