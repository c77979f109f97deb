namespace Standstill.Measurement.Adversary;

/// <summary>The sums of Page's tests on one sequence, up and down, for an abrupt and for a slow shift; a sum that has alarmed starts again at 0.</summary>
/// <remarks>Alarm for alarm what <see cref="Accounting.AreaBook"/> finds on the ledger, which a test holds; here without the books around it,
/// since a study takes some hundred million steps.</remarks>
internal struct RunningSums
{
    private double up;
    private double down;
    private double slowUp;
    private double slowDown;

    /// <summary>The sums before the first period.</summary>
    public static RunningSums Of(TestedSequence test)
    {
        var (abrupt, slow) = test.Starts;
        return new RunningSums { up = abrupt, down = abrupt, slowUp = slow, slowDown = slow };
    }

    /// <summary>Takes a residual and says how many sums passed their limits.</summary>
    public int Step(double z, TestedSequence test)
    {
        var (abrupt, slow) = (test.Abrupt, test.Slow);
        var alarms = Add(ref up, z - abrupt.Allowance, abrupt.Interval) + Add(ref slowUp, z - slow.Allowance, slow.Interval);
        return test.TwoSided
            ? alarms + Add(ref down, -z - abrupt.Allowance, abrupt.Interval) + Add(ref slowDown, -z - slow.Allowance, slow.Interval)
            : alarms;
    }

    private static int Add(ref double sum, double step, double limit)
    {
        sum = Math.Max(0, sum + step);
        if (sum < limit)
        {
            return 0;
        }

        sum = 0;
        return 1;
    }
}
