namespace Standstill.Measurement.Accounting;

/// <summary>Gauss–Legendre quadrature.</summary>
internal static class GaussLegendre
{
    /// <summary>Points and weights on an interval, in rising order.</summary>
    /// <remarks>Newton on the Legendre polynomial from its three-term recurrence, to 1e-15. The first guess, Francesco Tricomi's cosine
    /// cos(π (i − ¼) / (n + ½)), is taken by rotation since a cosine of the platform is not portable.</remarks>
    public static (double[] Points, double[] Weights) On(double low, double high, int count)
    {
        var points = new double[count];
        var weights = new double[count];
        double middle = (low + high) / 2, half = (high - low) / 2;
        for (var i = 0; i < (count + 1) / 2; i++)
        {
            var x = Cosine(Math.PI * (i + 0.75) / (count + 0.5));
            double slope = 0;
            for (var step = 0; step < 20; step++)
            {
                double previous = 0, value = 1;
                for (var degree = 1; degree <= count; degree++)
                {
                    (previous, value) = (value, ((((2 * degree) - 1) * x * value) - ((degree - 1) * previous)) / degree);
                }

                slope = count * ((x * value) - previous) / ((x * x) - 1);
                var move = value / slope;
                x -= move;
                if (Math.Abs(move) < 1e-15)
                {
                    break;
                }
            }

            var weight = 2 / ((1 - (x * x)) * slope * slope);
            points[i] = middle - (half * x);
            points[count - 1 - i] = middle + (half * x);
            weights[i] = weights[count - 1 - i] = half * weight;
        }

        return (points, weights);
    }

    /// <summary>The cosine on [0, π/2], by its series: a first guess for Newton, so its last bits do not matter, but they are the same everywhere.</summary>
    private static double Cosine(double angle)
    {
        double sum = 1, term = 1;
        for (var i = 2; i <= 24; i += 2)
        {
            term *= -angle * angle / (i * (i - 1));
            sum += term;
        }

        return sum;
    }
}
