using System.Collections.Immutable;

namespace Standstill.Measurement.Accounting;

/// <summary>An <see cref="AreaBook"/> while periods are being posted: the one place where a balance is added, changed in place so that a year of
/// hours costs no allocation.</summary>
internal struct AreaAccount
{
    private long periods;
    private DateTimeOffset through;
    private int count;
    private TimeSpan unbalanced;
    private BiasBelief bias;
    private PageSums page;
    private YearSum year;
    private long energyPeriods;
    private BiasBelief energyBias;

    private AreaAccount(AreaBook book)
    {
        periods = book.Periods;
        through = book.Through ?? DateTimeOffset.MinValue;
        count = book.Count;
        unbalanced = book.Unbalanced;
        bias = book.Bias;
        page = book.Page;
        year = book.Year;
        energyPeriods = book.EnergyPeriods;
        energyBias = book.EnergyBias;
    }

    /// <summary>z of the last period.</summary>
    public double Standardised { get; private set; }

    /// <summary>z of the last period's energy, or not a number where it was not tested.</summary>
    public double EnergyStandardised { get; private set; }

    /// <summary>The time before the last period that no period covers.</summary>
    public TimeSpan Gap { get; private set; }

    /// <summary>The sums of Page's tests with the last period.</summary>
    public readonly PageSums Page => page;

    /// <summary>The year's sum with the last period.</summary>
    public readonly YearSum Year => year;

    public static AreaAccount Open(AreaBook book) => new(book);

    public readonly AreaBook Close() => new()
    {
        Periods = periods,
        Through = periods == 0 ? null : through,
        Count = count,
        Unbalanced = unbalanced,
        Bias = bias,
        Page = page,
        Year = year,
        EnergyPeriods = energyPeriods,
        EnergyBias = energyBias,
    };

    /// <summary>Adds the next period and tells whether a test passed its limit or a year is full: then <see cref="Alarms"/> and <see cref="Begin"/> are due.</summary>
    public bool Add(BalancePeriod period, BalanceTests tests)
    {
        var (errors, power) = (tests.Design.Errors, tests.Design.Power);
        var (present, cuf) = (period.Present.Value, period.Cuf.Value);
        Require(period);
        if (periods == 0)
        {
            Gap = TimeSpan.Zero;
            bias = BiasBelief.Prior(errors.Systematic, errors.Counting);
            page = page with { Loss = tests.AbruptStart, Gain = tests.AbruptStart, SlowLoss = tests.SlowStart, SlowGain = tests.SlowStart };
        }
        else
        {
            Gap = period.From - through;
            unbalanced += Gap;
            if (period.Count != count)
            {
                bias = bias.Recounted(errors.Counting);
                year = year.Recounted();
            }
        }

        (periods, through, count) = (periods + 1, period.To, period.Count);
        var (loss, gain, slowLoss, slowGain, high, low) = page;
        Standardised = 0;
        if (present > 0)
        {
            bias = bias.After(cuf / present, errors.Random, out var z);
            Standardised = z;
            loss = Math.Max(0, loss + z - tests.Abrupt.Allowance);
            gain = Math.Max(0, gain - z - tests.Abrupt.Allowance);
            slowLoss = Math.Max(0, slowLoss + z - tests.Slow.Allowance);
            slowGain = Math.Max(0, slowGain - z - tests.Slow.Allowance);
        }

        EnergyStandardised = double.NaN;
        if (power is not null && period.Energy is { } energy && power.Expected(period.Present, energy.Active) is > 0 and var expected)
        {
            if (energyPeriods == 0)
            {
                energyBias = BiasBelief.Prior(power.Systematic, 0);
                high = low = tests.AbruptStart;
            }

            energyBias = energyBias.After((energy.KilowattHours - expected) / expected, power.Random, out var z);
            energyPeriods++;
            EnergyStandardised = z;
            high = Math.Max(0, high + z - tests.Abrupt.Allowance);
            low = Math.Max(0, low - z - tests.Abrupt.Allowance);
        }

        page = new(loss, gain, slowLoss, slowGain, high, low);
        year = year.After(cuf, present);
        var (abrupt, slow) = (tests.Abrupt.Interval, tests.Slow.Interval);
        return loss >= abrupt || gain >= abrupt || slowLoss >= slow || slowGain >= slow || high >= abrupt || low >= abrupt
            || year.Periods >= tests.Design.PeriodsPerYear || (present == 0 && cuf != 0);
    }

    /// <summary>The tests that passed their limit with this period, the last one added.</summary>
    public readonly ImmutableArray<BalanceAlarm> Alarms(BalancePeriod period, BalanceTests tests)
    {
        var alarms = ImmutableArray.CreateBuilder<BalanceAlarm>();
        void Look(BalanceTest test, double statistic, double limit)
        {
            if (statistic >= limit)
            {
                alarms.Add(new(test, statistic, limit));
            }
        }

        Look(BalanceTest.Loss, page.Loss, tests.Abrupt.Interval);
        Look(BalanceTest.Gain, page.Gain, tests.Abrupt.Interval);
        Look(BalanceTest.SlowLoss, page.SlowLoss, tests.Slow.Interval);
        Look(BalanceTest.SlowGain, page.SlowGain, tests.Slow.Interval);
        if (year.Periods >= tests.Design.PeriodsPerYear
            && year.Deviation(tests.Design.Errors) is > 0 and var deviation
            && Math.Abs(year.Cuf / deviation) >= tests.CumulativeLimit)
        {
            alarms.Add(new(BalanceTest.Cumulative, year.Cuf / deviation, tests.CumulativeLimit));
        }

        Look(BalanceTest.EnergyHigh, page.EnergyHigh, tests.Abrupt.Interval);
        Look(BalanceTest.EnergyLow, page.EnergyLow, tests.Abrupt.Interval);
        if (period.Present.Value == 0 && period.Cuf.Value != 0)
        {
            alarms.Add(new(BalanceTest.Unfounded, -period.Cuf.Value, 0));
        }

        return alarms.ToImmutable();
    }

    /// <summary>Page's sums that passed their limit begin anew at zero, and so does a full year.</summary>
    public void Begin(BalanceTests tests)
    {
        var (abrupt, slow) = (tests.Abrupt.Interval, tests.Slow.Interval);
        page = new(
            page.Loss < abrupt ? page.Loss : 0,
            page.Gain < abrupt ? page.Gain : 0,
            page.SlowLoss < slow ? page.SlowLoss : 0,
            page.SlowGain < slow ? page.SlowGain : 0,
            page.EnergyHigh < abrupt ? page.EnergyHigh : 0,
            page.EnergyLow < abrupt ? page.EnergyLow : 0);
        year = year.Periods >= tests.Design.PeriodsPerYear ? default : year;
    }

    private readonly void Require(BalancePeriod period)
    {
        if (period.Fault() is { } fault)
        {
            throw new ArgumentException(fault.ToString(), nameof(period));
        }

        if (periods > 0 && period.From < through)
        {
            throw new ArgumentException($"the period begins at {period.From:O}, before the last one ended at {through:O}", nameof(period));
        }

        if (periods > 0 && period.Count < count)
        {
            throw new ArgumentException($"the inventory count {period.Count} is before {count}", nameof(period));
        }
    }
}
