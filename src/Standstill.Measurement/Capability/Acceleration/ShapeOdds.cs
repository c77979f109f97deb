using Standstill.Measurement.Numerics;

namespace Standstill.Measurement.Capability.Acceleration;

/// <summary>How likely each shape of a series is, among the three.</summary>
/// <param name="Line">One slope throughout.</param>
/// <param name="Jump">One slope, and one step of the level at a free date.</param>
/// <param name="Bend">One slope before a free date and another after it, the two lines meeting.</param>
/// <remarks>
/// <para>The three add up to 1. The odds of two shapes are the ratio of their probabilities.</para>
/// <para>From the Bayesian information criterion, n·ln(RSS/n) + p·ln n: the evidence for a shape is exp(−BIC/2), R. E. Kass and A. E. Raftery, "Bayes factors", Journal of the American Statistical Association 90 (1995) 773–795, section
/// 4.1.3. Beforehand one slope has probability ½, a jump and a bend ¼ each. The date of a jump or bend is free, every day between the third frontier model and the third from last equally likely
/// beforehand: the evidence is averaged over the dates, and not taken at the best of them. Taken at the best, with the date as one
/// parameter more, a jump comes first in a quarter to a third of straight series.</para>
/// <para>Or, as weights and not as probabilities, from AICc at the best date in the same way, K. P. Burnham and D. R. Anderson, Model
/// Selection and Multimodel Inference (2002), section 2.9, with the date of a bend as one parameter and that of a jump as three,
/// Y. Ninomiya, "Change-point model selection via AIC", Annals of the Institute of Statistical Mathematics 67 (2015) 943–961.</para>
/// </remarks>
public readonly record struct ShapeOdds(double Line, double Jump, double Bend)
{
    /// <summary>Level, slope, error.</summary>
    private const int LineParameters = 3;

    /// <summary>Those of a line, and the size of the step or the change of slope.</summary>
    private const int DatedParameters = 4;

    /// <summary>With the date of a bend.</summary>
    private const int BendParameters = 5;

    /// <summary>With the date of a jump, which counts as three.</summary>
    private const int JumpParameters = 7;

    /// <summary>Into how many parts each interval between two models is cut, for the average over the date of a bend.</summary>
    private const int Parts = 8;

    /// <summary>The odds of a jump against a bend.</summary>
    public double JumpAgainstBend => Jump / Bend;

    /// <summary>The odds of a bend against one slope.</summary>
    public double BendAgainstLine => Bend / Line;

    internal static ShapeOdds Bayesian(SegmentFits fits, int least)
    {
        var n = fits.Count;
        double Evidence(double squares, int parameters) => -((n * LogVariance(fits, squares)) + (parameters * PortableMath.Log(n))) / 2;
        var jump = new List<(double Years, double Evidence)>();
        var bend = new List<(double Years, double Evidence)>();
        for (var first = least; first <= n - least; first++)
        {
            var gap = fits.Time(first) - fits.Time(first - 1);
            jump.Add((gap, Evidence(fits.StepAt(first).Squares, DatedParameters)));
            for (var part = 0; part < Parts; part++)
            {
                var at = fits.Time(first - 1) + (gap * (part + 0.5) / Parts);
                bend.Add((gap / Parts, Evidence(fits.BendAt(at).Squares, DatedParameters)));
            }
        }

        // Twice as likely beforehand as either break.
        return FromLogs(Evidence(fits.Line(0, n).Squares, LineParameters) + PortableMath.Log(2), Mean(jump), Mean(bend));
    }

    internal static ShapeOdds Akaike(SegmentFits fits, int least)
    {
        var n = fits.Count;
        double Weight(double squares, int parameters) =>
            -((n * LogVariance(fits, squares)) + (2.0 * parameters) + (2.0 * parameters * (parameters + 1) / (n - parameters - 1))) / 2;
        return FromLogs(
            Weight(fits.Line(0, n).Squares, LineParameters),
            Weight(fits.Step(least).Squares, JumpParameters),
            Weight(fits.Bend(least).Squares, BendParameters));
    }

    /// <summary>ln(RSS/n). A perfect fit would be −∞: residuals below a millionth of the spread are taken as that.</summary>
    private static double LogVariance(SegmentFits fits, double squares) =>
        PortableMath.Log(Math.Max(squares, 1e-12 * fits.Total) / fits.Count);

    /// <summary>The logarithm of the mean evidence, weighted by the length of time.</summary>
    private static double Mean(List<(double Years, double Evidence)> places)
    {
        var highest = places.Max(place => place.Evidence);
        var (sum, years) = (0.0, 0.0);
        foreach (var place in places)
        {
            sum += place.Years * PortableMath.Exp(place.Evidence - highest);
            years += place.Years;
        }

        return highest + PortableMath.Log(sum / years);
    }

    private static ShapeOdds FromLogs(double line, double jump, double bend)
    {
        var highest = Math.Max(line, Math.Max(jump, bend));
        var (l, j, b) = (PortableMath.Exp(line - highest), PortableMath.Exp(jump - highest), PortableMath.Exp(bend - highest));
        var sum = l + j + b;
        return new ShapeOdds(l / sum, j / sum, b / sum);
    }
}
