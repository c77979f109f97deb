using System.Collections.Immutable;
using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Trends;

/// <summary>The histories that a history with bounds may stand for: each has only values, and the truth is sought between them.</summary>
/// <remarks>
/// <para>An "at least" figure is taken for the value, left out, and completed: drawn anew in each draw from what the earlier models let
/// one expect on that day, given that it exceeds the bound (multiple imputation of a censored value; Tobin 1958 and Chib 1992 for the
/// regression). An "at most" figure is taken for the value and left out. With several bounds every combination is read.</para>
/// <para>INVARIANT (widening): the readings of a history with a bound contain those of the same history with that figure measured, unchanged. So
/// whatever is the extreme over readings can only widen when a figure is censored. Above <see cref="Most"/> bounds not all are
/// read, and the upper end is declared open instead.</para>
/// </remarks>
internal static class BoundReading
{
    /// <summary>The most bounds of which every combination is read.</summary>
    public const int Most = 3;

    private enum Taken
    {
        ForTheValue,
        LeftOut,
        Completed,
    }

    /// <summary>All readings. The first completes every "at least" figure that it can, and is the one that single curves are shown for.</summary>
    public static (ImmutableArray<HorizonHistory> Readings, bool Open) Of(HorizonHistory history, int since, Seed seed, DrawLoop loop)
    {
        var bounds = Enumerable.Range(0, history.Models.Length).Where(i => history.Models[i].Censoring != Censoring.None).ToArray();
        var readings = ImmutableArray.CreateBuilder<HorizonHistory>();
        if (bounds.Length > Most)
        {
            foreach (var taken in (Taken[])[Taken.Completed, Taken.ForTheValue, Taken.LeftOut])
            {
                readings.Add(Read(history, bounds, [.. bounds.Select(i => For(history.Models[i].Censoring, taken))], since, seed, loop));
            }

            return (readings.ToImmutable(), true);
        }

        var choices = new Taken[bounds.Length];
        Choose(0);
        return (readings.ToImmutable(), false);

        void Choose(int at)
        {
            if (at == bounds.Length)
            {
                readings.Add(Read(history, bounds, choices, since, seed, loop));
                return;
            }

            var censoring = history.Models[bounds[at]].Censoring;
            foreach (var taken in censoring == Censoring.AtLeast
                ? (Taken[])[Taken.Completed, Taken.ForTheValue, Taken.LeftOut]
                : [Taken.LeftOut, Taken.ForTheValue])
            {
                choices[at] = taken;
                Choose(at + 1);
            }
        }
    }

    private static Taken For(Censoring censoring, Taken taken) =>
        censoring == Censoring.AtMost && taken == Taken.Completed ? Taken.LeftOut : taken;

    private static HorizonHistory Read(HorizonHistory history, int[] bounds, Taken[] choices, int since, Seed seed, DrawLoop loop)
    {
        var read = history;
        var gone = new HashSet<int>();
        for (var i = 0; i < bounds.Length; i++)
        {
            var value = read.Models[bounds[i]] with { Censoring = Censoring.None };
            if (choices[i] == Taken.LeftOut)
            {
                gone.Add(bounds[i]);
            }

            read = choices[i] == Taken.Completed
                ? Complete(read, bounds[i], gone, since, seed, loop)
                : read.With(bounds[i], value, draw => read.Log(draw, bounds[i]));
        }

        return gone.Count == 0 ? read : read.WithoutPlaces(gone);
    }

    private static HorizonHistory Complete(HorizonHistory history, int model, HashSet<int> gone, int since, Seed seed, DrawLoop loop)
    {
        var bounded = history.Models[model];
        var day = bounded.Released.DayNumber;
        var before = history.WithoutPlaces([.. gone, .. Enumerable.Range(0, history.Models.Length).Where(i => history.Models[i].Released.DayNumber >= day)]);
        if (before.LastReleased is not { } last || LeaveFutureOut.Paths(before, PathPrior.Combined, since, last.DayNumber, seed, history.Draws, loop) is not { } paths)
        {
            return history.With(model, bounded with { Censoring = Censoring.None }, draw => history.Log(draw, model));
        }

        var akaike = LeaveFutureOut.Akaike(before.Frontier(-1, since, last.DayNumber).Points);
        var completed = new double[history.Draws];
        for (var draw = 0; draw < completed.Length; draw++)
        {
            var random = SeededRandom.Stream(seed, (1UL << 41) + ((ulong)model << 32) + (ulong)draw);
            var (pick, above) = (random.NextUniform(), random.NextUniform());
            var shape = pick < akaike[0] ? 0 : pick < akaike[0] + akaike[1] ? 1 : 2;
            var path = paths[shape][draw];
            var (centre, scale) = path.Released(day);
            var bound = history.Log(draw, model);
            var beyond = PortableMath.NormalCdf((centre - bound) / scale);
            completed[draw] = beyond > 0 ? Math.Max(bound, centre - (scale * PortableMath.NormalQuantile(above * beyond))) : bound;
        }

        var sorted = (double[])completed.Clone();
        Array.Sort(sorted);
        var median = Math.Max(bounded.Log, sorted[(sorted.Length - 1) / 2]);
        return history.With(model, bounded with { Log = median, Censoring = Censoring.None }, draw => completed[draw]);
    }
}
