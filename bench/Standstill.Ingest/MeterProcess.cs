using System.Runtime.InteropServices;
using Standstill.Meter.Intake;
using Standstill.Meter.Store;

namespace Standstill.Ingest;

/// <summary>A meter as a process of its own, which is told on its input to turn what is in memory into chunks.</summary>
internal static class MeterProcess
{
    public static async Task<int> RunAsync(string file)
    {
        var settings = MeterSettingsFile.Read(await File.ReadAllBytesAsync(file)).OrThrow();
        using var stop = new CancellationTokenSource();
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.Cancel();
        });
        await MeterHost.RunAsync(settings, TimeProvider.System, Console.WriteLine, (store, _, token) => ListenAsync(store, token), stop.Token);
        return 0;
    }

    /// <summary>Turns what a meter that ended left in its log into chunks.</summary>
    public static async Task<int> SealAsync(string file)
    {
        await using var store = new MeterStore(MeterSettingsFile.Read(await File.ReadAllBytesAsync(file)).OrThrow(), TimeProvider.System);
        await store.SealAsync();
        return 0;
    }

    private static async Task ListenAsync(MeterStore store, CancellationToken stop)
    {
        while (await Task.Run(Console.In.ReadLine, stop).WaitAsync(stop) is { } line)
        {
            if (line == "seal")
            {
                await store.SealAsync();
                Console.WriteLine("sealed");
            }
        }

        await Task.Delay(Timeout.Infinite, stop);
    }
}
