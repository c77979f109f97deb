using System.Globalization;
using System.Text;

namespace Standstill.Cli.Plots;

/// <summary>A drawing as SVG 1.1: one file that needs no other, its text as text, the same bytes for the same drawing.</summary>
internal static class SvgFile
{
    /// <summary>UTF-8 without a mark, lines ended by one line feed.</summary>
    public static byte[] Write(Drawing drawing)
    {
        var svg = new StringBuilder();
        var clips = 0;
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Drawing.Width}" height="{Drawing.Height}" viewBox="0 0 {Drawing.Width} {Drawing.Height}" role="img" aria-labelledby="title description" font-family="{Lettering.Families}">
            <title id="title">{Escaped(drawing.Title)}</title>
            <desc id="description">{Escaped(drawing.Description)}</desc>
            <rect width="{Drawing.Width}" height="{Drawing.Height}" fill="{Ink.White}"/>

            """);
        foreach (var mark in drawing.Marks)
        {
            Append(svg, mark, ref clips);
        }

        return Encoding.UTF8.GetBytes(svg.Append("</svg>\n").Replace("\r\n", "\n").ToString());
    }

    private static void Append(StringBuilder svg, Mark mark, ref int clips)
    {
        switch (mark)
        {
            case Mark.Clipped group:
                var id = "clip" + (++clips).ToString(CultureInfo.InvariantCulture);
                var box = group.Within;
                svg.Append($"""<clipPath id="{id}"><rect x="{Number(box.Left)}" y="{Number(box.Top)}" width="{Number(box.Width)}" height="{Number(box.Height)}"/></clipPath>""")
                    .Append($"""<g class="{group.Role}" clip-path="url(#{id})">""").Append('\n');
                foreach (var inner in group.Marks)
                {
                    Append(svg, inner, ref clips);
                }

                svg.Append("</g>\n");
                break;
            case Mark.Path path:
                svg.Append($"""<path class="{path.Role}" d="M""");
                svg.AppendJoin('L', path.Spots.Select(spot => $"{Number(spot.X)} {Number(spot.Y)}"));
                svg.Append(path.Closed ? "Z\"" : "\"").Append(Painted(path.Fill, path.Stroke)).Append("/>\n");
                break;
            case Mark.Disc disc:
                svg.Append($"""<circle class="{disc.Role}" cx="{Number(disc.Centre.X)}" cy="{Number(disc.Centre.Y)}" r="{Number(disc.Radius)}"{Painted(disc.Fill, disc.Stroke)}/>""").Append('\n');
                break;
            case Mark.Words words:
                // The length keeps the layout where another font has to stand in: the letters are set a little closer, and nothing touches.
                var text = Lettering.Clean(words.Text);
                svg.Append($"""<text class="{words.Role}" x="{Number(words.At.X)}" y="{Number(words.At.Y)}" font-size="{Number(words.Size)}" fill="{words.Colour}" """.TrimEnd())
                    .Append(words.Anchor switch { Anchor.Middle => " text-anchor=\"middle\"", Anchor.End => " text-anchor=\"end\"", _ => "" })
                    .Append(words.Bold ? " font-weight=\"bold\"" : "")
                    .Append(words.Upwards ? $" transform=\"rotate(-90 {Number(words.At.X)} {Number(words.At.Y)})\"" : "")
                    .Append(words.Halo ? $" stroke=\"{Ink.White}\" stroke-width=\"2.5\" stroke-linejoin=\"round\" paint-order=\"stroke\"" : "")
                    .Append(text.Length > 1 && Lettering.IsExact(text) ? $" textLength=\"{Number(Lettering.Width(text, words.Size, words.Bold))}\" lengthAdjust=\"spacingAndGlyphs\"" : "")
                    .Append('>').Append(Escaped(text)).Append("</text>\n");
                break;
            default:
                throw new InvalidOperationException("not a mark");
        }
    }

    private static string Painted(Fill? fill, Stroke? stroke)
    {
        var paint = fill is { } area ? $" fill=\"{area.Colour}\"" + (area.Opacity < 1 ? $" fill-opacity=\"{Number(area.Opacity)}\"" : "") : " fill=\"none\"";
        return stroke is null ? paint
            : paint + $" stroke=\"{stroke.Colour}\" stroke-width=\"{Number(stroke.Width)}\""
                + (stroke.Dash.IsEmpty ? "" : $" stroke-dasharray=\"{string.Join(' ', stroke.Dash.Select(Number))}\"")
                + (stroke.Opacity < 1 ? $" stroke-opacity=\"{Number(stroke.Opacity)}\"" : "");
    }

    /// <summary>A hundredth of a unit is finer than any printer; adding zero makes −0 plain.</summary>
    private static string Number(double value) => double.IsFinite(value)
        ? (Math.Round(value, 2) + 0.0).ToString("0.##", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "a place in a drawing is finite");

    private static string Escaped(string text) => Lettering.Clean(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;");
}
