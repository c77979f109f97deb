using Standstill.Meter.Store;
using Standstill.Protocol;

namespace Standstill.Meter.Tests.Store;

/// <summary>A clock that stands where it is put.</summary>
internal sealed class StandingClock(long nowMs) : TimeProvider
{
    public long NowMs { get; set; } = nowMs;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(NowMs);
}

/// <summary>A data directory of its own, and what its chunks hold.</summary>
internal sealed class Rig : IDisposable
{
    /// <summary>2026-11-24T12:00:00Z.</summary>
    public const long Noon = 1_795_521_600_000;

    public Rig() => Data = Directory.CreateTempSubdirectory("standstill-store-").FullName;

    public string Data { get; }

    public StandingClock Clock { get; } = new(Noon + 3_600_000);

    public MeterSettings Settings => new(
        new PartyId("sample-elm-cloud"), new FacilityId("sample-elm-1"), new Uri("http://127.0.0.1:9465"), Data,
        [new AreaRule("hall-a", [new Label("hall", "a")], 60), new AreaRule("hall-b", [new Label("hall", "b")], 60)], 15, 5, 1, 1_000_000_000);

    public MeterStore Open() => new(Settings, Clock);

    /// <summary>The series of a power sensor.</summary>
    public static int Power(MeterStore store, string hall, int gpu)
    {
        Label[] labels = [new("__name__", "DCGM_FI_DEV_POWER_USAGE"), new("UUID", $"GPU-{hall}{gpu}"), new("hall", hall)];
        Assert.True(store.Series.TryIntern(labels, out var id, out _));
        return id;
    }

    public static Task<IntakeCounts> SendAsync(MeterStore store, params (int Series, long TimeMs, double Value)[] samples)
    {
        var batch = new SampleBatch();
        foreach (var (series, time, value) in samples)
        {
            batch.Add(series, time, value);
        }

        return store.AppendAsync(batch);
    }

    /// <summary>Every sample in the chunk files, carried rows left out, in order.</summary>
    public List<(int Series, long TimeMs, long Bits)> InChunks()
    {
        using var file = new ChunkFile();
        var found = new List<(int, long, long)>();
        foreach (var path in Directory.GetFiles(Path.Combine(Data, "chunks"), "*.parquet", SearchOption.AllDirectories))
        {
            var rows = file.Read(path).OrThrow();
            foreach (var run in rows.Series.Where(s => !s.Carried))
            {
                for (var i = run.From; i < run.To; i++)
                {
                    found.Add((run.Id, rows.TimeMs.Span[i], BitConverter.DoubleToInt64Bits(rows.Value.Span[i])));
                }
            }
        }

        found.Sort();
        return found;
    }

    public static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(Data, recursive: true);
}
