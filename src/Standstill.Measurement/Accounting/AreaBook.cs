using System.Collections.Immutable;

namespace Standstill.Measurement.Accounting;

/// <summary>The running account of one balance area: all that its tests need to know of the past, in constant space.</summary>
/// <remarks>
/// <para>A book belongs to one area, or as global book to the sums of a party's areas (<see cref="BalancePeriod.Sum"/>). Periods are posted in order
/// of time. Its properties are its whole state: written out and read back it goes on to the same bits.</para>
/// <para>A new <see cref="BalancePeriod.Count"/> frees the count's bias and keeps what was learned of the meter's. A gap between two periods
/// is a balance that was not observed: it changes no belief and no sum, is told in the reading and adds up in <see cref="Unbalanced"/>; how much went
/// missing in it, no test of this book can say.</para>
/// </remarks>
public sealed record AreaBook
{
    /// <summary>Before the first period.</summary>
    public static AreaBook Empty { get; } = new();

    /// <summary>Periods posted.</summary>
    public long Periods { get; init; }

    /// <summary>The end of the last period, or null before the first.</summary>
    public DateTimeOffset? Through { get; init; }

    /// <summary>The number of the inventory count in effect.</summary>
    public int Count { get; init; }

    /// <summary>Time between the first period and the last that no period covered.</summary>
    public TimeSpan Unbalanced { get; init; }

    /// <summary>What is known of the biases of the account.</summary>
    public BiasBelief Bias { get; init; }

    /// <summary>The sums of Page's tests.</summary>
    public PageSums Page { get; init; }

    /// <summary>The running sum of the accounting year.</summary>
    public YearSum Year { get; init; }

    /// <summary>Periods whose energy was tested.</summary>
    public long EnergyPeriods { get; init; }

    /// <summary>What is known of the bias of energy against the power model.</summary>
    public BiasBelief EnergyBias { get; init; }

    /// <summary>Posts the next period.</summary>
    /// <exception cref="ArgumentException">The period has a fault (see <see cref="BalancePeriod.Fault"/>), begins before the last one ended, or
    /// names an earlier inventory count.</exception>
    public AreaStep Post(BalancePeriod period, BalanceTests tests)
    {
        var account = AreaAccount.Open(this);
        var due = account.Add(period, tests);
        var errors = tests.Design.Errors;
        var reading = new BalanceReading(
            period.From,
            period.To,
            account.Gap,
            period.Cuf,
            errors.Total * period.Present.Value,
            account.Standardised,
            account.Page,
            new(account.Year.Cuf),
            account.Year.Deviation(errors),
            double.IsNaN(account.EnergyStandardised) ? null : account.EnergyStandardised,
            due ? account.Alarms(period, tests) : []);
        if (due)
        {
            account.Begin(tests);
        }

        return new(account.Close(), reading);
    }

    /// <summary>Posts many periods, to the same book and alarms as one at a time, without a reading for each.</summary>
    /// <param name="periods">The next periods, in order of time.</param>
    /// <param name="tests">The design and its limits.</param>
    /// <exception cref="ArgumentException">As for <see cref="Post"/>.</exception>
    public AreaRun PostAll(ReadOnlySpan<BalancePeriod> periods, BalanceTests tests)
    {
        var account = AreaAccount.Open(this);
        var raised = ImmutableArray<DatedAlarm>.Empty;
        foreach (var period in periods)
        {
            if (account.Add(period, tests))
            {
                raised = raised.AddRange(account.Alarms(period, tests).Select(alarm => new DatedAlarm(period.To, alarm)));
                account.Begin(tests);
            }
        }

        return new(account.Close(), raised);
    }
}
