using System.Collections.Concurrent;
using Standstill.Measurement.Accounting;

namespace Standstill.Live.Grains;

/// <summary>The tests of a design, tuned once a process: tuning costs more than a year of posting, and most areas share a design.</summary>
internal sealed class TunedTests
{
    private readonly ConcurrentDictionary<BalanceDesign, Lazy<BalanceTests>> known = new();

    /// <summary>The tests of a design.</summary>
    public BalanceTests Of(BalanceDesign design) => known.GetOrAdd(design, d => new Lazy<BalanceTests>(d.Tuned)).Value;
}
