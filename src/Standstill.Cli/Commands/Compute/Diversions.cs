using System.CommandLine;
using Standstill.Measurement.Adversary;

namespace Standstill.Cli.Commands.Compute;

/// <summary>The options that say what is diverted, and how many worlds are drawn.</summary>
internal static class Diversions
{
    public static Option<double> Flop() => new("--flop") { Description = "How much hidden training, in FLOP", DefaultValueFactory = _ => 1e25 };

    public static Option<int> Days() => new("--days") { Description = "Within how many days it is done; what is seen later does not count", DefaultValueFactory = _ => 90 };

    public static Option<int> Draws() => new("--draws") { Description = "How many worlds are drawn; the interval says what that is good for", DefaultValueFactory = _ => 2000 };

    /// <summary>A diversion that the simulation takes.</summary>
    public static Diversion Of(double flop, int days) =>
        !(flop > 0 && double.IsFinite(flop)) ? throw new UsageException($"--flop: `{flop}` is not an amount above 0; write `1e25`")
        : days is < 1 or > 1826 ? throw new UsageException($"--days: {days} is not from 1 to 1826")
        : new Diversion(flop, days);

    /// <summary>A number of draws that is enough to say something and ends within a day.</summary>
    public static int Checked(int draws) => draws is >= 100 and <= 10_000_000 ? draws : throw new UsageException($"--draws: {draws} is not from 100 to 10000000");
}
