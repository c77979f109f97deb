namespace Standstill.Measurement.Accounting;

/// <summary>Average run lengths of Page's test and its chances of detection, on independent normal z with standard deviation 1.</summary>
/// <remarks>
/// <para>One-sided, from the integral equation of Page (1954): with L(s) the mean number of periods to the alarm from S = s, and z about the
/// shift δ,</para>
/// <code>L(s) = 1 + L(0) Φ(k − δ − s) + ∫₀ʰ L(x) φ(x + k − δ − s) dx</code>
/// <para>solved at Gauss–Legendre points (A. L. Goel and S. M. Wu, "Determination of A.R.L. and a contour nomogram for cusum charts
/// to control normal mean", Technometrics 13 (1971) 221–230). <see cref="PageChain"/> is a second way to the same figures.</para>
/// </remarks>
public static class PageTest
{
    /// <summary>The mean number of periods to the alarm of the one-sided test.</summary>
    /// <param name="limit">k, and h from 0 to 1,000.</param>
    /// <param name="shift">The mean of z, in standard deviations; 0 without loss.</param>
    /// <param name="start">S before the first period, from 0 to h: above 0 it is the fast initial response of J. M. Lucas and R. B. Crosier,
    /// "Fast initial response for cusum quality-control schemes", Technometrics 24 (1982) 199–205.</param>
    /// <exception cref="ArgumentOutOfRangeException">The limit or the start is outside its range.</exception>
    public static double AverageRunLength(PageLimit limit, double shift = 0, double start = 0) =>
        AverageRunLength(limit, [shift], start);

    /// <summary>The same where the mean of z changes: one shift for each of the first periods, the last for all that follow.</summary>
    /// <remarks>For a loss that grows this is the way of F. F. Gan, "CUSUM control charts under linear drift", The Statistician 41 (1992) 71–84.</remarks>
    /// <exception cref="ArgumentException">There is no shift, or the limit or the start is outside its range.</exception>
    public static double AverageRunLength(PageLimit limit, ReadOnlySpan<double> shifts, double start = 0)
    {
        Require(limit, shifts, start);
        var kernel = PageKernel.For(limit);
        var lengths = kernel.RunLength(shifts[^1]);
        for (var period = shifts.Length - 1; period > 0; period--)
        {
            lengths = period == shifts.Length - 1 ? lengths : kernel.Before(lengths, shifts[period], 1);
        }

        return kernel.BeforeFrom(start, lengths, shifts[0], 1);
    }

    /// <summary>The mean number of periods to the first alarm of two one-sided tests with the same limit, one for losses and one for gains.</summary>
    /// <remarks>While one of them alarms the other is at 0, so that they renew each other (Lucas and Crosier 1982, appendix 1): with L⁺ and
    /// L⁻ the one-sided lengths, L = (L⁺(s) L⁻(0) + L⁻(s) L⁺(0) − L⁺(0) L⁻(0)) / (L⁺(0) + L⁻(0)); from zero 1/L = 1/L⁺ + 1/L⁻.</remarks>
    /// <param name="limit">k, not negative, and h from 0 to 1,000.</param>
    /// <param name="shift">The mean of z, in standard deviations.</param>
    /// <param name="start">Both sums before the first period, from 0 to h / 2 + k.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static double AverageRunLengthTwoSided(PageLimit limit, double shift = 0, double start = 0)
    {
        if (!(limit.Allowance >= 0 && start <= (limit.Interval / 2) + limit.Allowance))
        {
            throw new ArgumentOutOfRangeException(nameof(limit), limit, "two sides renew each other where k is not negative and the start at most h / 2 + k");
        }

        var (up, down) = (AverageRunLength(limit, shift), AverageRunLength(limit, -shift));
        var (upFrom, downFrom) = start == 0 ? (up, down) : (AverageRunLength(limit, shift, start), AverageRunLength(limit, -shift, start));
        return ((upFrom * down) + (downFrom * up) - (up * down)) / (up + down);
    }

    /// <summary>The chance that the one-sided test alarms within the periods whose shifts are given.</summary>
    /// <remarks>The survival function stepped back period by period, as by K.-H. Waldmann, "Bounds for the distribution of the run length of
    /// one-sided and two-sided cusum quality control schemes", Technometrics 28 (1986) 61–67.</remarks>
    /// <param name="limit">k, and h from 0 to 1,000.</param>
    /// <param name="shifts">The mean of z in each period, in standard deviations: 0 before a loss, then what the loss makes of z.</param>
    /// <param name="start">S before the first period, from 0 to h.</param>
    /// <exception cref="ArgumentException">There is no period, or the limit or the start is outside its range.</exception>
    public static Probability Detection(PageLimit limit, ReadOnlySpan<double> shifts, double start = 0)
    {
        Require(limit, shifts, start);
        var kernel = PageKernel.For(limit);
        var survival = kernel.Constant(1);
        for (var period = shifts.Length - 1; period > 0; period--)
        {
            survival = kernel.Before(survival, shifts[period], 0);
        }

        return new(Math.Clamp(1 - kernel.BeforeFrom(start, survival, shifts[0], 0), 0, 1));
    }

    /// <summary>The start from which a test that begins anew at 0 after each alarm gives false alarms at its long-run rate from the first period on.</summary>
    /// <remarks>From 0 the first alarm comes late, and the first year has fewer than its share. By renewal theory (W. Feller, "An Introduction
    /// to Probability Theory and its Applications", volume 1, chapter XIII) the mean number of alarms in n periods is
    /// n/μ + (E L² + μ) / 2μ² − L(s)/μ with μ = L(0) and E L² from 0, but for terms that vanish with n: the start is where L(s) = (E L² / μ + 1) / 2,
    /// by bisection to 1e-12.</remarks>
    /// <param name="limit">k, and h from 0 to 1,000.</param>
    public static double EvenStart(PageLimit limit)
    {
        var kernel = PageKernel.For(limit);
        var lengths = kernel.RunLength(0);
        var squares = kernel.RunLengthSquare(0, lengths);
        var target = ((squares[0] / lengths[0]) + 1) / 2;
        double low = 0, high = limit.Interval;
        if (kernel.BeforeFrom(low, lengths, 0, 1) <= target)
        {
            return 0;
        }

        while (high - low > 1e-12 * high)
        {
            var middle = (low + high) / 2;
            (low, high) = kernel.BeforeFrom(middle, lengths, 0, 1) > target ? (middle, high) : (low, middle);
        }

        return low;
    }

    private static void Require(PageLimit limit, ReadOnlySpan<double> shifts, double start)
    {
        if (shifts.IsEmpty)
        {
            throw new ArgumentException("a run has at least one period", nameof(shifts));
        }

        if (!(start >= 0 && start <= limit.Interval))
        {
            throw new ArgumentOutOfRangeException(nameof(start), start, "the sum starts between 0 and the decision interval");
        }
    }
}
