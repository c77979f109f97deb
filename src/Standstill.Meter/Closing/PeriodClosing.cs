using System.Collections.Immutable;
using Standstill.Meter.Store;

namespace Standstill.Meter.Closing;

/// <summary>Closes what is due, and puts the clock and the roster on record.</summary>
/// <remarks>The order makes it safe to be killed anywhere: the store closes a period durably and answers the same when asked again; then the digest is
/// written; then accelerators that were not heard are taken off the roster, which the next closing would do too.</remarks>
/// <param name="store">The raw samples.</param>
/// <param name="closed">What is closed.</param>
/// <param name="clock">When something closes.</param>
/// <param name="unheard">After how long without a sample an accelerator is taken off the roster: until then it is dark.</param>
public sealed class PeriodClosing(MeterStore store, ClosedPeriods closed, ClosingClock clock, TimeSpan unheard)
{
    private long _step;

    /// <summary>Looks at the clock and closes what is due. To be called every few seconds, not twice at once.</summary>
    /// <returns>The periods closed by this call, each area's in order.</returns>
    public async Task<ImmutableArray<ClosedPeriod>> TickAsync()
    {
        var step = clock.Observe();
        _step = Math.Abs(step) > Math.Abs(_step) ? step : _step;
        if (_step != 0 && await RemarkStep())
        {
            _step = 0;
        }

        var made = ImmutableArray.CreateBuilder<ClosedPeriod>();
        foreach (var area in store.Series.Areas)
        {
            if (First(area) is not { } first)
            {
                continue;
            }

            foreach (var (from, to) in clock.Due(first, area.PeriodMs))
            {
                var period = await store.CloseAsync(area.Area, from);
                var roster = PeriodRoster.Of([.. period.Chunks.Select(store.PathOf).Where(File.Exists)]);
                made.Add(closed.Close(period, roster.Length, period.Counts.Refused + period.Counts.Late + period.Counts.NoValue));
                await Retire(area, roster, to);
            }
        }

        return made.ToImmutable();
    }

    // Where the area's next period begins; before its first, that of its first sample.
    private long? First(AreaRule area) => closed.NextFromMs(area.Area)
        ?? store.AllChunks.Where(c => c.Area == area.Area).Select(c => (long?)c.PeriodFromMs).Min()
        ?? (store.Open(area.Area) is { } open ? area.PeriodOf(open.OwnedToMs) : null);

    // A clock set back leaves the time that chunks own ahead of it: the remark stands at the first time that is still open. Where even that is too
    // far ahead to be taken, it waits.
    private async Task<bool> RemarkStep()
    {
        var taken = true;
        foreach (var area in store.Series.Areas)
        {
            if (store.Open(area.Area) is { } open)
            {
                taken &= await Remark(area, Measure.ClockStep, "", _step, Math.Max(clock.Now.ToUnixTimeMilliseconds(), Math.Max(open.OwnedToMs, open.LatestMs)));
            }
        }

        return taken;
    }

    private async Task Retire(AreaRule area, ImmutableArray<RosterLine> roster, long toMs)
    {
        foreach (var line in roster)
        {
            if (!line.Retired && line.HeardMs is { } heard && heard < toMs - (long)unheard.TotalMilliseconds)
            {
                await Remark(area, Measure.Known, line.Name, 0, Math.Max(clock.Now.ToUnixTimeMilliseconds(), toMs));
            }
        }
    }

    private async Task<bool> Remark(AreaRule area, string metric, string subject, double value, long timeMs)
    {
        var labels = area.Match.Where(l => l.Name is not ("UUID" or LabelKey.Name)).Append(new Label("UUID", subject));
        var counts = await store.AppendAsync([new Reading(metric, [.. labels.OrderBy(l => l.Name, StringComparer.Ordinal)], value, timeMs)], timeMs);
        return counts.Accepted > 0;
    }
}
