using System.Collections.Immutable;
using System.Text;
using Standstill.Measurement;
using Standstill.Measurement.Numerics;
using Standstill.Meter;
using Standstill.Protocol;

namespace Standstill.Cli.Demo;

/// <summary>An invented hall of accelerators: jobs come and go, an exporter is read every five minutes, a scheduler keeps accounts. Everything follows
/// from the party's name.</summary>
internal sealed class SampleHall(PartyId party, int chips)
{
    /// <summary>Seconds between two readings.</summary>
    public const int ScrapeSeconds = 300;

    // An H100 with its share of the node, kW; assumed, like everything here.
    private const double IdleWatts = 140;
    private const double ActiveWatts = 640;
    private const double Activity = 0.62;

    /// <summary>Accelerators kept in reserve: no job is given to them.</summary>
    private const int Reserve = 3;

    private readonly SeededRandom random = new(new Seed(Digest.Of(Encoding.UTF8.GetBytes($"standstill sample hall {party}")).ToBytes()));
    private readonly double[] changes = new double[chips];
    private readonly bool[] busy = new bool[chips];

    /// <summary>Chip-hours of work that the scheduler has accounted for, by the latest day.</summary>
    public double Scheduled { get; private set; }

    /// <summary>One day of readings. From <paramref name="hidden"/> hours past midnight on, one accelerator of the reserve works for eight hours that
    /// no scheduler knows; null where nothing is hidden.</summary>
    public ImmutableArray<Reading> Day(DateTimeOffset day, double? hidden)
    {
        var readings = ImmutableArray.CreateBuilder<Reading>();
        Scheduled = 0;
        for (var chip = 0; chip < chips; chip++)
        {
            var works = chip < Reserve ? [] : Works(chip);
            for (var second = 0; second < 86_400; second += ScrapeSeconds)
            {
                var hour = second / 3600.0;
                var isHidden = chip == 0 && hidden is { } from && hour >= from && hour < from + 8;
                var activity = isHidden || works.Any(w => w.From <= hour && hour < w.To) ? Activity + (0.03 * random.NextNormal()) : 0;
                var time = day.AddSeconds(second).ToUnixTimeMilliseconds();
                readings.Add(Read("DCGM_FI_PROF_PIPE_TENSOR_ACTIVE", chip, Math.Clamp(activity, 0, 1), time));
                readings.Add(Read("DCGM_FI_DEV_POWER_USAGE", chip, IdleWatts + ((ActiveWatts - IdleWatts) * Math.Clamp(activity, 0, 1)) + (4 * random.NextNormal()), time));
            }
        }

        return readings.ToImmutable();
    }

    // Jobs of four to twenty hours with up to two hours between them, in hours of the day.
    private List<(double From, double To)> Works(int chip)
    {
        var works = new List<(double From, double To)>();
        var at = 0.0;
        while (at < 24)
        {
            // What rounding leaves of a stretch is no stretch.
            if (changes[chip] < 1e-6)
            {
                busy[chip] = !busy[chip];
                changes[chip] = busy[chip] ? 4 + (16 * random.NextUniform()) : 0.2 + (1.8 * random.NextUniform());
            }

            var until = Math.Min(24, at + changes[chip]);
            if (busy[chip])
            {
                works.Add((at, until));
                Scheduled += until - at;
            }

            changes[chip] -= until - at;
            at = until;
        }

        return works;
    }

    private Reading Read(string name, int chip, double value, long time) =>
        new(name, [new Label("UUID", $"GPU-{party}-{chip:00}"), new Label("hall", "hall-1")], value, time);
}
