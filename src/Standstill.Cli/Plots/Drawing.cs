using System.Collections.Immutable;

namespace Standstill.Cli.Plots;

/// <summary>A place in a drawing, in its units from the top left.</summary>
internal readonly record struct Spot(double X, double Y);

/// <summary>An upright rectangle.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public bool Contains(Box other) => other.Left >= Left && other.Right <= Right && other.Top >= Top && other.Bottom <= Bottom;

    /// <summary>The place of the rectangle that is nearest to another place.</summary>
    public Spot Nearest(Spot spot) => new(Math.Clamp(spot.X, Left, Right), Math.Clamp(spot.Y, Top, Bottom));

    /// <summary>The area that two rectangles share.</summary>
    public double Shared(Box other) =>
        Math.Max(0, Math.Min(Right, other.Right) - Math.Max(Left, other.Left)) * Math.Max(0, Math.Min(Bottom, other.Bottom) - Math.Max(Top, other.Top));
}

/// <summary>How a line is drawn.</summary>
/// <param name="Colour">The colour, `#rrggbb`.</param>
/// <param name="Width">Its width in units.</param>
/// <param name="Dash">Lengths of dash and gap in turn; empty for a whole line.</param>
/// <param name="Opacity">From 0 to 1.</param>
internal sealed record Stroke(string Colour, double Width, ImmutableArray<double> Dash, double Opacity = 1)
{
    public Stroke(string colour, double width)
        : this(colour, width, [])
    {
    }
}

/// <summary>How a shape is filled.</summary>
internal readonly record struct Fill(string Colour, double Opacity = 1);

/// <summary>On which side of its place a text lies.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>One thing in a drawing. <see cref="Role"/> says what it stands for (`point`, `interval`, `trend`); it is the class in SVG.</summary>
internal abstract record Mark(string Role)
{
    /// <summary>A line through places, or an outlined or filled shape where it is closed.</summary>
    internal sealed record Path(string Role, ImmutableArray<Spot> Spots, bool Closed, Stroke? Stroke, Fill? Fill) : Mark(Role);

    /// <summary>A disc.</summary>
    internal sealed record Disc(string Role, Spot Centre, double Radius, Stroke? Stroke, Fill? Fill) : Mark(Role);

    /// <summary>A line of text, its base line at <paramref name="At"/>.</summary>
    /// <param name="Role">What it stands for.</param>
    /// <param name="At">The anchor on the base line.</param>
    /// <param name="Text">The text.</param>
    /// <param name="Size">The size in units.</param>
    /// <param name="Anchor">On which side of the place it lies.</param>
    /// <param name="Colour">The colour, `#rrggbb`.</param>
    /// <param name="Bold">Whether it is bold.</param>
    /// <param name="Upwards">Whether it is turned to read upwards.</param>
    /// <param name="Halo">Whether a white rim sets it off from lines beneath.</param>
    internal sealed record Words(string Role, Spot At, string Text, double Size, Anchor Anchor, string Colour, bool Bold = false, bool Upwards = false, bool Halo = false) : Mark(Role);

    /// <summary>Marks that are cut off outside a rectangle.</summary>
    internal sealed record Clipped(string Role, Box Within, ImmutableArray<Mark> Marks) : Mark(Role);
}

/// <summary>A finished figure: 800 by 500 units on white, drawn from back to front.</summary>
/// <param name="Title">The title, also for those who do not see the figure.</param>
/// <param name="Description">What the figure shows, in a sentence or two.</param>
/// <param name="Marks">The marks.</param>
internal sealed record Drawing(string Title, string Description, ImmutableArray<Mark> Marks)
{
    public const int Width = 800;

    public const int Height = 500;

    /// <summary>All marks, those within clipped groups too.</summary>
    public IEnumerable<Mark> All => Marks.SelectMany(mark => mark is Mark.Clipped group ? [group, .. group.Marks] : new[] { mark });
}
