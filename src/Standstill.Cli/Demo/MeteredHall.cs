using Standstill.Cli.Commands.Meters;
using Standstill.Meter;
using Standstill.Meter.Closing;
using Standstill.Meter.Store;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;

namespace Standstill.Cli.Demo;

/// <summary>A hall with its meter: real raw samples, kept as Parquet, closed day by day.</summary>
internal sealed class MeteredHall : IAsyncDisposable
{
    // Readings come in stretches of two hours; the store cuts them into chunks of an hour.
    private const long StretchMs = 7_200_000;

    private readonly SampleHall hall;
    private readonly MeterSettings settings;
    private readonly MeterStore store;
    private readonly ClosedPeriods closed;

    public MeteredHall(PartyId party, int chips, string data, TimeProvider clock)
    {
        hall = new SampleHall(party, chips);
        settings = new MeterSettings(party, new FacilityId("hall-1"), new Uri("http://127.0.0.1:0"), data, [new AreaRule("all", [new Label("hall", "hall-1")], 1440)], SampleHall.ScrapeSeconds, 60, 365, 1L << 32);
        store = new MeterStore(settings, clock);
        closed = new ClosedPeriods(data, settings.Facility);
    }

    /// <summary>Chip-hours that the scheduler has accounted for on the latest day.</summary>
    public double Scheduled => hall.Scheduled;

    public async Task<ClosedPeriod> DayAsync(DateTimeOffset midnight, double? hidden)
    {
        var from = midnight.ToUnixTimeMilliseconds();
        foreach (var stretch in hall.Day(midnight, hidden).GroupBy(r => (r.TimeMs!.Value - from) / StretchMs))
        {
            await store.AppendAsync(stretch, from);
            await store.SealAsync();
        }

        var period = await store.CloseAsync("all", from);
        var roster = PeriodRoster.Of([.. period.Chunks.Select(store.PathOf)]);
        return closed.Close(period, roster.Length, period.Counts.Refused + period.Counts.Late);
    }

    public (string Archive, Digest Sha256) Open(Challenge challenge) => MeterVoice.Write(closed, challenge, settings.Data);

    public ValueTask DisposeAsync() => store.DisposeAsync();
}
