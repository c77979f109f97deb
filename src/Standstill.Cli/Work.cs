using Spectre.Console;
using Standstill.Measurement.Numerics;

namespace Standstill.Cli;

/// <summary>Long work at the terminal: on all cores, with a bar where a person watches.</summary>
internal static class Work
{
    /// <summary>Work of this length is over before a bar would be read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>A loop over all cores; the result of what it runs does not depend on their number.</summary>
    public static void OnAllCores(int count, Action<int> body) => Parallel.For(0, count, body);

    /// <summary>The same, with a bar on standard error once it has run for a second, where that is a terminal.</summary>
    /// <param name="what">What is being done: `drawing`.</param>
    public static DrawLoop WithBar(string what) => Console.IsErrorRedirected ? OnAllCores : (count, body) =>
    {
        var done = 0;
        var work = Task.Run(() => Parallel.For(0, count, i =>
        {
            body(i);
            Interlocked.Increment(ref done);
        }));
        if (!((IAsyncResult)work).AsyncWaitHandle.WaitOne(Patience))
        {
            var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
            console.Progress().AutoClear(true).Start(context =>
            {
                var bar = context.AddTask(what, maxValue: count);
                do
                {
                    bar.Value = Volatile.Read(ref done);
                }
                while (!((IAsyncResult)work).AsyncWaitHandle.WaitOne(100));
            });
        }

        work.GetAwaiter().GetResult();
    };
}
