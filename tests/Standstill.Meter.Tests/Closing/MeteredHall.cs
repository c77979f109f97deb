using Standstill.Meter.Closing;
using Standstill.Meter.Store;
using Standstill.Protocol;

namespace Standstill.Meter.Tests.Closing;

/// <summary>A meter with a real store in a folder of its own, two accelerators scraped every minute, and a clock that the test moves.</summary>
public sealed class MeteredHall : IAsyncDisposable
{
    public const string Area = "row-a";
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private readonly TimeSpan _unheard;

    public MeteredHall(TimeSpan? unheard = null)
    {
        Folder = Directory.CreateTempSubdirectory("meter-").FullName;
        _unheard = unheard ?? TimeSpan.FromDays(30);
        Boot();
    }

    public string Folder { get; }

    public string Data => Path.Combine(Folder, "data");

    public SteppingClock Time { get; } = new(Start);

    public MeterStore Store { get; private set; } = null!;

    public ClosedPeriods Closed { get; private set; } = null!;

    public PeriodClosing Closing { get; private set; } = null!;

    public static long Ms(double minutes) => Start.ToUnixTimeMilliseconds() + (long)(minutes * 60_000);

    /// <summary>A hall with an hour on record, closed.</summary>
    public static async Task<MeteredHall> WithAnHour()
    {
        var hall = new MeteredHall();
        await hall.Run(65);
        await hall.Closing.TickAsync();
        return hall;
    }

    /// <summary>Minutes pass, each with a scrape of the accelerators named, one working and one idle.</summary>
    public async Task Run(int minutes, params string[] chips)
    {
        for (var i = 0; i < minutes; i++)
        {
            Time.Pass(TimeSpan.FromMinutes(1));
            await Scrape(chips.Length == 0 ? ["GPU-0", "GPU-1"] : chips);
            await Closing.TickAsync();
        }
    }

    public async Task<IntakeCounts> Scrape(params string[] chips)
    {
        var now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        var minute = (now - Ms(0)) / 60_000;
        var readings = chips.SelectMany(chip => new[]
        {
            Of("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", chip, chip == "GPU-0" ? 0.5 : 0),
            Of("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", chip, minute * 18_000_000.0),
        });
        return await Store.AppendAsync(readings, now);
    }

    /// <summary>The process ends and begins again on the same folder.</summary>
    public async Task Restart()
    {
        await Store.DisposeAsync();
        Boot();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private static Reading Of(string metric, string chip, double value) => new(metric, [new Label("UUID", chip)], value, null);

    private void Boot()
    {
        Store = new MeterStore(
            new MeterSettings(new PartyId("sample-ash"), new FacilityId("sample-hall"), new Uri("http://127.0.0.1:0"), Data, [new AreaRule(Area, [], 60)], 60, 5, 30, 1L << 40), Time);
        Closed = new ClosedPeriods(Data, new FacilityId("sample-hall"));
        Closing = new PeriodClosing(Store, Closed, new ClosingClock(Time, TimeSpan.FromMinutes(5)), _unheard);
    }
}
