using CsCheck;

namespace Standstill.Measurement.Tests;

/// <summary>Properties with one fixed seed: a hundred cases, the same on every run.</summary>
internal static class Properties
{
    public static void Hold<T>(this Gen<T> cases, Action<T> property, int count = 100) =>
        cases.Array[count].Sample(
            drawn =>
            {
                foreach (var one in drawn)
                {
                    property(one);
                }
            },
            seed: "0N0XIzNsQ0O2",
            iter: 1,
            threads: 1);
}
