namespace Standstill.Measurement.Numerics;

/// <summary>Runs <paramref name="body"/> once for each number from 0 up to <paramref name="count"/>, in any order, on any number of
/// threads, and returns when all have run.</summary>
/// <remarks>The estimates know nothing of threads: who calls them hands in the loop. Each draw has a random stream of its own
/// (<see cref="SeededRandom.Stream"/>) and a place of its own in the result, so that the loop makes no difference to it.</remarks>
public delegate void DrawLoop(int count, Action<int> body);

/// <summary>The loop of one thread.</summary>
public static class DrawLoops
{
    /// <summary>Runs the draws in order, on the calling thread.</summary>
    public static void InOrder(int count, Action<int> body)
    {
        for (var i = 0; i < count; i++)
        {
            body(i);
        }
    }
}
