using System.Text.Json;
using Standstill.Ledger;
using Standstill.Protocol;
using Standstill.Protocol.Inspections;
using Standstill.Testing;

namespace Standstill.Cli.Tests.Compute;

/// <summary>SAMPLE: a lab with a metered hall of 100 H100, a cloud that ships to it, and an inspector, told day by day and kept as a ledger.</summary>
internal sealed class ComputeStory : IDisposable
{
    public const string Kind = "NVIDIA H100 SXM5 80GB";
    public const double Peak = 989.4e12;

    private readonly NoteSigner log = NoteSigner.Generate("log.example/sample");
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("standstill-story-");
    private int kept;
    private DateTimeOffset next = new(2025, 1, 2, 0, 0, 0, TimeSpan.Zero);

    public ComputeStory()
    {
        Told = new Scenario(log: log.VerifierKey.ToString());
        Told.Enrol("sample-birch", "lab").Enrol("sample-cloud", "cloud").Enrol("sample-inspector", "inspector");
        Told.AddKey("sample-birch", "sample-birch.meter", "compute");
        Birch("facility", new { facility = "hall-1", title = "SAMPLE hall", jurisdiction = "nowhere", powerMegawatts = 1 });
        Birch("inventory", new { facility = "hall-1", counted = "2025-01-01", accelerators = new[] { new { accelerator = Kind, count = 100, peakFlopPerSecond = Peak } } });
        foreach (var run in new[] { "llm-1", "quiet" })
        {
            Birch("run-declared", new { run, facility = "hall-1", purpose = "pretraining", plannedFlop = 1e24, starts = "2025-01-02" });
        }

        Birch("balance-area", new
        {
            facility = "hall-1",
            area = "training",
            title = "SAMPLE area",
            accelerator = Kind,
            peakFlopPerSecond = Peak,
            periodMinutes = 1440,
            meterKey = Told.Signer("sample-birch.meter").PublicKey.Text,
            closed = false,
        });
        Birch("area-counted", new { facility = "hall-1", area = "training", counted = Time(Told.Clock), count = 100, serialsRoot = Digest.Of("serials"u8).Hex });
        Told.Tell("sample-inspector.key", "balance-design", new
        {
            party = "sample-birch",
            facility = "hall-1",
            area = "training",
            randomPercent = 1,
            systematicPercent = 0.5,
            countingPercent = 0.1,
            falseAlarmsPerYear = 0.1,
            method = "SAMPLE",
        });
    }

    /// <summary>The story so far.</summary>
    public Scenario Told { get; }

    /// <summary>The ledger's directory, all entries written.</summary>
    public string Ledger
    {
        get
        {
            using var ledger = FileLedger.Open(directory.FullName, log);
            ledger.Append([.. Told.Entries.Skip(kept).Select(e => (ReadOnlyMemory<byte>)e)]);
            kept = Told.Entries.Count;
            return directory.FullName;
        }
    }

    public void Dispose()
    {
        log.Dispose();
        directory.Delete(true);
    }

    public void Birch(string type, object body) => Told.Tell("sample-birch.key", type, body);

    public void Cloud(string type, object body) => Told.Tell("sample-cloud.key", type, body);

    /// <summary>A day of 2400 chip-hours, 200 of them idle, its use as given.</summary>
    public void Day(params object[] uses)
    {
        var from = next;
        next = from.AddDays(1);
        Told.Clock = next.AddMinutes(5);
        var digest = new PeriodDigest(
            new FacilityId("hall-1"), "training", from, next, 100, 0,
            new PeriodFigures { BusyHours = 2200, IdleHours = 200, ActiveHours = 1500, EnergySource = EnergySource.None, Samples = 1000 }, 24, Digest.Of("root"u8));
        Told.Tell("sample-birch.meter", "compute-digest", JsonElement.Parse(digest.ToJson()));
        Birch("use-declared", new { facility = "hall-1", area = "training", from = Time(from), to = Time(next), uses });
    }

    /// <summary>A line of declared training, with the operations that a share of the peak gives.</summary>
    public static object Training(string run, double chipHours, double? share) =>
        share is { } reached ? new { use = "training", run, chipHours, flop = chipHours * 3600 * Peak * reached } : new { use = "training", run, chipHours };

    /// <summary>Both ends of a shipment.</summary>
    public void Ship(string movement, long shipped, long received)
    {
        Cloud("movement", new { movement, step = "shipped", counterparty = "sample-birch", accelerator = Kind, count = shipped, on = Time(Told.Clock.AddMinutes(-1)) });
        Birch("movement", new { movement, step = "received", counterparty = "sample-cloud", accelerator = Kind, count = received, on = Time(Told.Clock.AddMinutes(-1)) });
    }

    public static string Time(DateTimeOffset time) => UtcTime.Format(time);
}
