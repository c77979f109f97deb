using System.Collections.Immutable;

namespace Standstill.Measurement.Accounting;

/// <summary>One independent source of error: what one standard deviation of it does to each balance of a sequence.</summary>
/// <remarks>Every covariance of the field is a sum of such sources: a lost scrape moves one balance, the bias of a meter all of them, the
/// measurement of a stock the balance that it closes and, with the other sign, the one that it opens.</remarks>
/// <param name="Effects">The change of each balance, in the balance's own unit.</param>
public sealed record ErrorComponent(ImmutableArray<double> Effects)
{
    /// <summary>The sources of a sequence of chip-time balances under an error model.</summary>
    /// <param name="errors">The model.</param>
    /// <param name="present">What was present in each period.</param>
    /// <param name="counts">The number of the inventory count in effect in each period, rising.</param>
    /// <exception cref="ArgumentException">The two lists differ in length.</exception>
    public static ImmutableArray<ErrorComponent> Of(ErrorModel errors, ImmutableArray<ChipHours> present, ImmutableArray<int> counts)
    {
        if (present.Length != counts.Length)
        {
            throw new ArgumentException($"there are {counts.Length} counts for {present.Length} periods", nameof(counts));
        }

        var sources = ImmutableArray.CreateBuilder<ErrorComponent>();
        for (var period = 0; period < present.Length; period++)
        {
            var at = period;
            sources.Add(new([.. present.Select((hours, i) => i == at ? errors.Random * hours.Value : 0)]));
        }

        sources.Add(new([.. present.Select(hours => errors.Systematic * hours.Value)]));
        foreach (var count in counts.Distinct())
        {
            sources.Add(new([.. present.Select((hours, i) => counts[i] == count ? errors.Counting * hours.Value : 0)]));
        }

        return sources.ToImmutable();
    }

    /// <summary>The sources of a sequence of stock balances, MUF_t = I_{t−1} + T_t − I_t, with independent errors: a covariance of three diagonals.</summary>
    /// <param name="stocks">Standard deviations of the measured stocks I_0 … I_n, one more than there are balances.</param>
    /// <param name="transfers">Standard deviations of the net transfers T_1 … T_n.</param>
    /// <exception cref="ArgumentException">There is not one stock more than transfers.</exception>
    public static ImmutableArray<ErrorComponent> OfStocks(ImmutableArray<double> stocks, ImmutableArray<double> transfers)
    {
        if (stocks.Length != transfers.Length + 1)
        {
            throw new ArgumentException($"{transfers.Length} balances lie between {transfers.Length + 1} stocks, not {stocks.Length}", nameof(stocks));
        }

        var balances = Enumerable.Range(0, transfers.Length).ToImmutableArray();
        return
        [
            .. stocks.Select((deviation, stock) => new ErrorComponent([.. balances.Select(t => t == stock ? deviation : t == stock - 1 ? -deviation : 0)])),
            .. transfers.Select((deviation, transfer) => new ErrorComponent([.. balances.Select(t => t == transfer ? deviation : 0)])),
        ];
    }
}
