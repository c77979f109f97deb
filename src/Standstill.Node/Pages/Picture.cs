using System.Collections.Immutable;
using System.Globalization;

namespace Standstill.Node.Pages;

/// <summary>A drawing, laid out: the pages write it down as it stands.</summary>
/// <param name="Width">In pixels of the drawing.</param>
/// <param name="Height">Likewise.</param>
/// <param name="Marks">In the order of drawing: later ones lie above.</param>
public sealed record Picture(double Width, double Height, ImmutableArray<Mark> Marks);

/// <summary>Shapes that belong together.</summary>
/// <param name="Shapes">The shapes.</param>
/// <param name="Href">Where they lead; null for no link.</param>
/// <param name="Title">What they say to those who point at them.</param>
public sealed record Mark(ImmutableArray<Shape> Shapes, string? Href = null, string? Title = null)
{
    /// <summary>A mark of one shape.</summary>
    public static Mark Of(Shape shape, string? title = null) => new([shape], null, title);
}

/// <summary>One element of SVG.</summary>
/// <param name="Element">Its name.</param>
/// <param name="Class">Its class in the style sheet.</param>
/// <param name="Attributes">Its geometry.</param>
/// <param name="Text">What it says, for a text.</param>
public sealed record Shape(string Element, string Class, ImmutableArray<(string Name, string Value)> Attributes, string? Text = null)
{
    private const double CharacterWidth = 7.2; // of the bold 12 px text of drawings, rather too wide than too narrow

    /// <summary>A text at a baseline.</summary>
    public static Shape Words(string words, double x, double y, string kind, string anchor = "start") =>
        new("text", kind, [("x", N(x)), ("y", N(y)), ("text-anchor", anchor)], words);

    /// <summary>A path.</summary>
    public static Shape Path(string kind, string d) => new("path", kind, [("d", d)]);

    /// <summary>A rectangle.</summary>
    public static Shape Box(string kind, double x, double y, double width, double height, double round = 0) =>
        new("rect", kind, [("x", N(x)), ("y", N(y)), ("width", N(Math.Max(0, width))), ("height", N(height)), ("rx", N(round))]);

    /// <summary>A circle.</summary>
    public static Shape Circle(string kind, double x, double y, double r) => new("circle", kind, [("cx", N(x)), ("cy", N(y)), ("r", N(r))]);

    /// <summary>A line.</summary>
    public static Shape Line(string kind, double x1, double y1, double x2, double y2) =>
        new("line", kind, [("x1", N(x1)), ("y1", N(y1)), ("x2", N(x2)), ("y2", N(y2))]);

    /// <summary>An arrowhead whose tip is at a point, in a direction of length one.</summary>
    public static Shape Head(string kind, double x, double y, double dx, double dy) => Path(kind, string.Create(
        CultureInfo.InvariantCulture,
        $"M{N(x)} {N(y)}L{N(x - (8 * dx) - (4 * dy))} {N(y - (8 * dy) + (4 * dx))}L{N(x - (8 * dx) + (4 * dy))} {N(y - (8 * dy) - (4 * dx))}Z"));

    /// <summary>A number as SVG takes it.</summary>
    public static string N(double value) => HorizonPlot.N(value);

    /// <summary>A name cut to a width.</summary>
    public static string Fit(string name, double width)
    {
        var most = Math.Max(2, (int)(width / CharacterWidth));
        return name.Length <= most ? name : string.Concat(name.AsSpan(0, most - 1), "…");
    }

    /// <summary>Words in lines of a width, two at most.</summary>
    public static string[] Lines(string words, double width)
    {
        var most = Math.Max(8, (int)(width / CharacterWidth));
        if (words.Length <= most)
        {
            return [words];
        }

        var cut = words.LastIndexOf(' ', most);
        return cut <= 0 ? [Fit(words, width)] : [words[..cut], Fit(words[(cut + 1)..], width)];
    }

    /// <summary>How wide a text is, at most.</summary>
    public static double WidthOf(string words) => words.Length * CharacterWidth;
}
