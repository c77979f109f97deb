using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Standstill.Measurement;
using Standstill.Measurement.Capability.Horizons;
using Standstill.Measurement.Capability.Reading;
using Standstill.Measurement.Numerics;

namespace Standstill.Bench;

/// <summary>What one bootstrap draw costs on one thread, without start, reading and compilation.</summary>
internal static class CapabilityDraws
{
    private const int Rounds = 7;

    /// <summary>Prints microseconds of processor time a draw: the least of some rounds after one that is not counted, since other work on the machine only adds.</summary>
    public static int Run(string path, int draws)
    {
        var reader = new RunFileReader(null);
        using (var file = File.OpenRead(path))
        {
            reader.Read(file, path);
        }

        var runs = ((RunFileReading.Read)reader.Finish()).Set;
        ImmutableArray<Probability> levels = [new(0.5), new(0.8)];
        var rounds = new double[Rounds];
        for (var round = -1; round < Rounds; round++)
        {
            var start = Process.GetCurrentProcess().TotalProcessorTime;
            HorizonBootstrap.Draw(runs, HorizonSettings.Horizon11, levels, new Seed(new byte[32]), draws, DrawLoops.InOrder);
            rounds[Math.Max(round, 0)] = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalMicroseconds / draws;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds.Min():0.0} µs of processor time a draw"));
        return 0;
    }
}
