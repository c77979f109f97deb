using System.Collections.Immutable;

namespace Standstill.Cli.Plots;

/// <summary>A label that found a place.</summary>
/// <param name="Box">What it covers.</param>
/// <param name="Distant">Whether it stands so far off that a line has to lead to it.</param>
internal readonly record struct PlacedLabel(Box Box, bool Distant);

/// <summary>
/// Labels that do not cover each other: each in turn takes the cheapest of a fixed list of places around its point that are free. Distance
/// costs, and so do a line beneath the label, a leader across another label, and a point that is nearer than the label's own. A label without a free place is left out, and the figure
/// says how many were.
/// </summary>
/// <param name="within">Where labels may stand.</param>
internal sealed class LabelPlacer(Box within)
{
    /// <summary>Up to this distance a label needs no leader.</summary>
    private const double Near = 6;

    /// <summary>Room between a label and the next on its line.</summary>
    private const double Apart = 4;

    private const double CostOfLine = 26;
    private const double CostOfLineLength = 2.5;
    private const double CostOfCrossing = 30;
    private const double CostOfNearerPoint = 14;
    private const double PointRadius = 4.5;

    /// <summary>Directions in the order of preference: up and to the left first, where a rising series leaves room.</summary>
    private static readonly ImmutableArray<(double X, double Y)> Directions =
        [(-1, -0.5), (1, 0.5), (-1, -1), (1, 1), (-1, 0), (1, 0), (0, -1), (0, 1), (-0.5, -1), (0.5, 1), (1, -1), (-1, 1)];

    private static readonly ImmutableArray<double> Distances = [Near, 11, 17, 24, 32, 42, 54, 68, 84, 102, 122];

    private readonly List<Box> taken = [];
    private readonly List<Box> lines = [];
    private readonly List<Spot> points = [];

    /// <summary>Keeps labels off a rectangle.</summary>
    public void Reserve(Box box) => taken.Add(box);

    /// <summary>Keeps labels off a point.</summary>
    public void Reserve(Spot point)
    {
        points.Add(point);
        taken.Add(Around(point, PointRadius));
    }

    /// <summary>Keeps labels off a drawn line where there is another place.</summary>
    public void Avoid(Spot from, Spot to)
    {
        foreach (var spot in Along(from, to, 3).Where(spot => within.Shared(Around(spot, 1.2)) > 0))
        {
            lines.Add(Around(spot, 1.2));
        }
    }

    /// <summary>Finds a place beside a point.</summary>
    public PlacedLabel? Beside(Spot point, double width, double height)
    {
        var best = (Cost: double.PositiveInfinity, Box: default(Box), Distance: 0.0);
        foreach (var distance in Distances)
        {
            for (var i = 0; i < Directions.Length; i++)
            {
                var (dx, dy) = Directions[i];
                var (x, y) = (point.X + distance * dx, point.Y + distance * dy);
                var left = x - width * (dx < 0 ? 1 : dx == 0 ? 0.5 : 0);
                var top = y - height * (dy < 0 ? 1 : dy == 0 ? 0.5 : 0);
                var box = new Box(left, top, left + width, top + height);
                var cost = distance + i * 0.2;
                if (cost < best.Cost && IsFree(box) && (cost += Cost(point, box, distance)) < best.Cost)
                {
                    best = (cost, box, distance);
                }
            }
        }

        if (double.IsInfinity(best.Cost))
        {
            return null;
        }

        taken.Add(best.Box with { Left = best.Box.Left - Apart, Right = best.Box.Right + Apart });
        return new PlacedLabel(best.Box, best.Distance > Near);
    }

    /// <summary>Takes the first free one of the places.</summary>
    public Box? First(IEnumerable<Box> places)
    {
        foreach (var box in places.Where(IsFree))
        {
            taken.Add(box);
            return box;
        }

        return null;
    }

    private bool IsFree(Box box) => within.Contains(box) && !taken.Exists(other => other.Shared(box) > 0);

    private double Cost(Spot point, Box box, double distance)
    {
        var (own, covered) = (Distance(point, box), lines.Count(line => line.Shared(box) > 0));
        var crossing = distance > Near && Along(point, box.Nearest(point), 2).Skip(3).Any(spot => taken.Exists(other => other.Shared(Around(spot, 0.5)) > 0));
        var nearer = points.Count(other => other != point && Distance(other, box) < own);
        return (covered > 0 ? CostOfLine + CostOfLineLength * covered : 0) + (crossing ? CostOfCrossing : 0) + CostOfNearerPoint * nearer;
    }

    private static double Distance(Spot spot, Box box)
    {
        var near = box.Nearest(spot);
        return Math.Sqrt((near.X - spot.X) * (near.X - spot.X) + (near.Y - spot.Y) * (near.Y - spot.Y));
    }

    private static IEnumerable<Spot> Along(Spot from, Spot to, double step)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var count = (int)Math.Clamp(Math.Sqrt(dx * dx + dy * dy) / step, 1, 2000);
        return Enumerable.Range(0, count + 1).Select(i => new Spot(from.X + dx * i / count, from.Y + dy * i / count));
    }

    private static Box Around(Spot spot, double radius) => new(spot.X - radius, spot.Y - radius, spot.X + radius, spot.Y + radius);
}
