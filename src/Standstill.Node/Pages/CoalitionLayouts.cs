using System.Collections.Immutable;
using System.Globalization;
using static Standstill.Node.Pages.Shape;

namespace Standstill.Node.Pages;

/// <summary>How the map of a coalition is drawn, by its size and by the room there is.</summary>
public static class CoalitionLayouts
{
    /// <summary>Beyond this many parties the picture shows groups.</summary>
    public const int MostParties = 30;

    private const int MostRound = 12;
    private const int MostArcs = 70;
    private const double Row = 42;

    /// <summary>A drawing as wide as a page.</summary>
    public static Picture Wide(CoalitionMap map) =>
        map.Parties > MostParties ? Groups(map, 720)
        : map.Nodes.Length <= MostRound ? Round(map, 720)
        : map.Edges.Length <= MostArcs ? Arcs(map, 720)
        : Matrix(map);

    /// <summary>A drawing as wide as a phone; a matrix is wider, and is scrolled.</summary>
    public static Picture Narrow(CoalitionMap map) =>
        map.Parties > MostParties ? Groups(map, 340)
        : map.Edges.Length <= MostArcs ? Arcs(map, 340)
        : Matrix(map);

    /// <summary>All around a circle, arrows across it.</summary>
    public static Picture Round(CoalitionMap map, double width)
    {
        var count = map.Nodes.Length;
        var (rx, ry) = (width * 0.27, 70 + (11.0 * count));
        var height = (2 * ry) + 110;
        var places = Enumerable.Range(0, count).Select(i => Around(i, count, width / 2, height / 2, rx, ry)).ToArray();
        var marks = ImmutableArray.CreateBuilder<Mark>();
        foreach (var edge in map.Edges)
        {
            var (a, b) = (places[edge.From], places[edge.To]);
            var (ux, uy) = Unit(b.X - a.X, b.Y - a.Y);
            var (x0, y0, x1, y1) = (a.X + (13 * ux), a.Y + (13 * uy), b.X - (15 * ux), b.Y - (15 * uy));
            var (cx, cy) = (((x0 + x1) / 2) - (uy * 16), ((y0 + y1) / 2) + (ux * 16));
            var (vx, vy) = Unit(x1 - cx, y1 - cy);
            marks.Add(Arrow(map, edge, $"M{N(x0)} {N(y0)}Q{N(cx)} {N(cy)} {N(x1)} {N(y1)}", x1, y1, vx, vy));
        }

        foreach (var (i, node) in map.Nodes.Index())
        {
            var (x, y) = places[i];
            var (side, anchor) = x > (width / 2) + 5 ? (18, "start") : x < (width / 2) - 5 ? (-18, "end") : (0, "middle");
            var baseline = side != 0 ? y - 1 : y < height / 2 ? y - 32 : y + 28;
            var room = side == 0 ? width - 20 : side > 0 ? width - x - 22 : x - 22;
            marks.Add(Labelled(node, x, y, x + side, baseline, room, anchor));
        }

        return new Picture(width, height, marks.ToImmutable());
    }

    /// <summary>One below the other, arrows as arcs at the left.</summary>
    public static Picture Arcs(CoalitionMap map, double width)
    {
        var left = width < 500 ? 112 : 230;
        var height = (map.Nodes.Length * Row) + 24;
        double Y(int i) => 24 + (i * Row);
        var marks = ImmutableArray.CreateBuilder<Mark>();
        foreach (var edge in map.Edges)
        {
            var (from, to) = (Y(edge.From), Y(edge.To));
            var reach = 14 + ((left - 26) * Math.Sqrt(Math.Abs(edge.From - edge.To) / (double)map.Nodes.Length));
            var tip = left - 13;
            var arrive = to + (edge.From < edge.To ? -3 : 3);
            marks.Add(Arrow(map, edge, $"M{N(left - 11)} {N(from)}C{N(left - reach)} {N(from)} {N(left - reach - 6)} {N(arrive)} {N(tip)} {N(arrive)}", tip, arrive, 1, 0));
        }

        foreach (var (i, node) in map.Nodes.Index())
        {
            marks.Add(Labelled(node, left, Y(i), left + 18, Y(i) - 1, width - left - 22, "start"));
        }

        return new Picture(width, height, marks.ToImmutable());
    }

    /// <summary>Who asks, row by row; for whom, column by column.</summary>
    public static Picture Matrix(CoalitionMap map)
    {
        const double cell = 17;
        var names = Math.Min(190, map.Nodes.Max(n => WidthOf(n.Name)) + 34);
        var (left, top) = (names + 8, 26.0);
        var (width, height) = (left + (map.Nodes.Length * cell) + 4, top + (map.Nodes.Length * cell) + 4);
        var marks = ImmutableArray.CreateBuilder<Mark>();
        foreach (var (i, node) in map.Nodes.Index())
        {
            var (x, y) = (left + (i * cell), top + (i * cell));
            var number = (i + 1).ToString(CultureInfo.InvariantCulture);
            var room = map.Edges.Any(e => e.From == i) ? names - 40 : width - 60;
            marks.Add(Mark.Of(Words(number, x + (cell / 2), top - 8, "tick", "middle"), node.Name));
            marks.Add(Mark.Of(Line("grid", 0, y, width - 4, y)));
            marks.Add(new Mark(
                [Words(number, 20, y + 13, "standing", "end"), Circle("node small " + node.Class, 30, y + 8.5, 4), Words(Fit(node.Name, room) + (node.IsPivotal ? " ◆" : ""), 40, y + 13, "name")],
                node.Href,
                $"{node.Name}: {node.Note}"));
        }

        foreach (var edge in map.Edges)
        {
            marks.Add(Mark.Of(
                Box($"cell {Look(edge)}", left + (edge.To * cell) + 2, top + (edge.From * cell) + 2, cell - 4, cell - 4, edge.Kind == MapEdgeKind.Waits ? 6.5 : 1),
                Told(map, edge)));
        }

        return new Picture(width, height, marks.ToImmutable());
    }

    /// <summary>Parties of one standing together, as wide as they are many.</summary>
    public static Picture Groups(CoalitionMap map, double width)
    {
        var groups = map.Nodes.Where(n => n.Kind == MapNodeKind.Party).GroupBy(n => (n.IsIn, n.Note, n.Class)).OrderByDescending(g => g.Key.IsIn).ThenByDescending(g => g.Count()).ToArray();
        var clauses = map.Nodes.Where(n => n.Kind != MapNodeKind.Party).ToArray();
        var most = groups.Max(g => g.Count());
        var marks = ImmutableArray.CreateBuilder<Mark>();
        var y = 8.0;
        foreach (var group in groups)
        {
            var pivotal = group.Count(n => n.IsPivotal);
            marks.Add(new Mark(
                [
                    Words(Fit($"{Figures.Count(group.Count())} {group.Key.Note}{(pivotal > 0 ? $", {pivotal} pivotal" : "")}", width), 0, y + 14, "name"),
                    Box("bar " + group.Key.Class, 0, y + 21, width * group.Count() / most, 12, 2),
                ],
                null,
                string.Join(", ", group.Take(20).Select(n => n.Name)) + (group.Count() > 20 ? " …" : "")));
            y += 46;
        }

        foreach (var clause in clauses)
        {
            marks.Add(Labelled(clause, 12, y + 12, 30, y + 11, width - 34, "start"));
            y += Row;
        }

        return new Picture(width, y + 6, marks.ToImmutable());
    }

    private static Mark Arrow(CoalitionMap map, MapEdge edge, string path, double x, double y, double dx, double dy)
    {
        var kind = map.Nodes[edge.From].Class;
        return new Mark(
            [Path($"edge {kind} {Look(edge)}", path), Head($"head {kind} {Look(edge)}", x, y, dx, dy)],
            null,
            Told(map, edge));
    }

    // A node, filled as far as it slows; a ring around who is pivotal; name and standing beside it.
    private static Mark Labelled(MapNode node, double x, double y, double labelX, double baseline, double room, string anchor)
    {
        var shapes = ImmutableArray.CreateBuilder<Shape>();
        if (node.IsPivotal)
        {
            shapes.Add(Circle("ring", x, y, 13));
        }

        if (node.Kind == MapNodeKind.Party)
        {
            shapes.Add(Circle($"node {node.Class}", x, y, 9));
            if (node.Degree is > 0 and < 100)
            {
                var angle = (2 * Math.PI * node.Degree / 100) - (Math.PI / 2);
                var large = node.Degree > 50 ? 1 : 0;
                shapes.Add(Circle("node part", x, y, 9));
                shapes.Add(Path($"sector {node.Class}", $"M{N(x)} {N(y)}V{N(y - 9)}A9 9 0 {large} 1 {N(x + (9 * Math.Cos(angle)))} {N(y + (9 * Math.Sin(angle)))}Z"));
            }
        }
        else if (node.Kind == MapNodeKind.Pact)
        {
            shapes.Add(Box($"node {node.Class}", x - 9, y - 7, 18, 14, 2));
        }
        else
        {
            shapes.Add(Path($"node clause {node.Class}", $"M{N(x)} {N(y - 10)}L{N(x + 10)} {N(y)}L{N(x)} {N(y + 10)}L{N(x - 10)} {N(y)}Z"));
        }

        string[] lines = node.Kind == MapNodeKind.Clause ? Lines(node.Name, Math.Min(room, 200)) : [Fit(node.Name, room)];
        baseline += 7 * (lines.Length - 1);
        foreach (var (i, line) in lines.Index())
        {
            shapes.Add(Words(line, labelX, baseline + (14 * (i - lines.Length + 1)), "name", anchor));
        }

        shapes.Add(Words(Fit(node.Note + (node.IsPivotal ? ", pivotal" : ""), room), labelX, baseline + 14, "standing", anchor));
        return new Mark(shapes.ToImmutable(), node.Href, $"{node.Name}: {node.Note}{(node.IsPivotal ? ", pivotal" : "")}");
    }

    private static string Told(CoalitionMap map, MapEdge edge) => $"{map.Nodes[edge.From].Name} {CoalitionMap.Verb(edge.Kind)} {map.Nodes[edge.To].Name}";

    private static string Look(MapEdge edge) => edge.Kind switch
    {
        MapEdgeKind.Counts => "counts",
        MapEdgeKind.Waits => "waits",
        _ => "spare",
    };

    private static (double X, double Y) Around(int index, int count, double x, double y, double rx, double ry)
    {
        var angle = (2 * Math.PI * index / count) - (Math.PI / 2);
        return (x + (rx * Math.Cos(angle)), y + (ry * Math.Sin(angle)));
    }

    private static (double X, double Y) Unit(double x, double y)
    {
        var length = Math.Max(1, Math.Sqrt((x * x) + (y * y)));
        return (x / length, y / length);
    }
}
