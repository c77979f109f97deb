namespace Standstill.Measurement.Capability.Trends;

/// <summary>One possible course of the frontier from an origin on: ln(minutes) as straight or curved pieces, with the scatter of models about it.</summary>
/// <remarks>The frontier on a day is a step: it was set by the last model that advanced it, some days (the lag) before. Up to
/// <paramref name="lag"/> days after the origin no model has advanced it and the old record stands. From then on the record holder's figure is
/// normal about the course as it was <paramref name="meanLag"/> days before: not as it was at the drawn lag, since a record that stands long
/// is one that was set high, and the scatter already holds that.</remarks>
internal sealed class FrontierPath(double origin, double record, double sigma, double noise, double lag, double meanLag)
{
    /// <summary>How far the figure of one and the same model moves when it is measured again, as a standard deviation of ln(minutes).</summary>
    private const double Remeasured = 0.1;

    private readonly List<Piece> pieces = [];

    /// <summary>Growth per day at the start.</summary>
    public double Slope => pieces[0].Slope;

    public void Begin(double level, double slope, double curvature) => pieces.Add(new Piece(origin, level, slope, curvature));

    /// <summary>From a day on the slope is another: what it was, changed.</summary>
    public void Turn(double day, Func<double, double> slope)
    {
        var last = pieces[^1];
        pieces.Add(new Piece(day, last.At(day), slope(last.SlopeAt(day)), last.Curvature));
    }

    /// <summary>From a day on the course is straight.</summary>
    public void Straighten(double day)
    {
        var last = pieces[^1];
        pieces.Add(new Piece(day, last.At(day), last.SlopeAt(day), 0));
    }

    /// <summary>The frontier on a day from the origin on, as a normal number.</summary>
    public (double Centre, double Scale) At(double day) =>
        day - lag < origin ? (record, Remeasured) : (Course(Math.Max(origin, day - meanLag)), sigma);

    /// <summary>What a model released on a day shows: the course with its scatter.</summary>
    public (double Centre, double Scale) Released(double day) => (Course(day), sigma);

    /// <summary>The first day on which the frontier with its scatter stands at a level, the course followed in steps of
    /// <paramref name="step"/> days and interpolated within one; +∞ where there is none up to the end.</summary>
    public double FirstDayAt(double level, double end, double step)
    {
        var shift = sigma * noise;
        var before = Course(origin) + shift;
        if (before >= level)
        {
            return origin + lag;
        }

        for (var day = origin + step; day + meanLag <= end; day += step)
        {
            var there = Course(day) + shift;
            if (there >= level)
            {
                return Math.Max(origin + lag, day + meanLag - (step * (there - level) / (there - before)));
            }

            before = there;
        }

        return double.PositiveInfinity;
    }

    private double Course(double day)
    {
        var i = pieces.Count - 1;
        while (i > 0 && pieces[i].Day > day)
        {
            i--;
        }

        return pieces[i].At(day);
    }

    private readonly record struct Piece(double Day, double Level, double Slope, double Curvature)
    {
        public double At(double day) => Level + ((day - Day) * (Slope + (Curvature * (day - Day))));

        public double SlopeAt(double day) => Slope + (2 * Curvature * (day - Day));
    }
}
