using SkiaSharp;

namespace Standstill.Cli.Plots;

/// <summary>
/// A drawing as PNG, 1600 by 1000 pixels: two for each unit. The fonts are in the program, so that none needs to be installed. This is the
/// one type that uses Skia, whose native library is loaded when it is first called and never before.
/// </summary>
internal static class PngFile
{
    public const int PixelsPerUnit = 2;

    public static byte[] Write(Drawing drawing)
    {
        using var regular = Typeface("LiberationSans-Regular.ttf");
        using var bold = Typeface("LiberationSans-Bold.ttf");
        using var bitmap = new SKBitmap(new SKImageInfo(Drawing.Width * PixelsPerUnit, Drawing.Height * PixelsPerUnit, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        canvas.Scale(PixelsPerUnit);
        foreach (var mark in drawing.Marks)
        {
            Draw(canvas, mark, regular, bold);
        }

        canvas.Flush();
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    private static void Draw(SKCanvas canvas, Mark mark, SKTypeface regular, SKTypeface bold)
    {
        switch (mark)
        {
            case Mark.Clipped group:
                canvas.Save();
                canvas.ClipRect(new SKRect((float)group.Within.Left, (float)group.Within.Top, (float)group.Within.Right, (float)group.Within.Bottom), SKClipOperation.Intersect, antialias: true);
                foreach (var inner in group.Marks)
                {
                    Draw(canvas, inner, regular, bold);
                }

                canvas.Restore();
                break;
            case Mark.Path path:
                using (var builder = new SKPathBuilder())
                {
                    builder.AddPoly([.. path.Spots.Select(spot => new SKPoint((float)spot.X, (float)spot.Y))], path.Closed);
                    using var shape = builder.Detach();
                    Paint(path.Fill, path.Stroke, paint => canvas.DrawPath(shape, paint));
                }

                break;
            case Mark.Disc disc:
                Paint(disc.Fill, disc.Stroke, paint => canvas.DrawCircle((float)disc.Centre.X, (float)disc.Centre.Y, (float)disc.Radius, paint));
                break;
            case Mark.Words words:
                Write(canvas, words, words.Bold ? bold : regular);
                break;
            default:
                throw new InvalidOperationException("not a mark");
        }
    }

    private static void Paint(Fill? fill, Stroke? stroke, Action<SKPaint> draw)
    {
        if (fill is { } area)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = Colour(area.Colour, area.Opacity) };
            draw(paint);
        }

        if (stroke is not null)
        {
            using var dash = stroke.Dash.IsEmpty ? null : SKPathEffect.CreateDash([.. stroke.Dash.Select(length => (float)length)], 0);
            using var paint = new SKPaint
            {
                IsAntialias = true,
                IsStroke = true,
                StrokeWidth = (float)stroke.Width,
                Color = Colour(stroke.Colour, stroke.Opacity),
                PathEffect = dash,
            };
            draw(paint);
        }
    }

    private static void Write(SKCanvas canvas, Mark.Words words, SKTypeface typeface)
    {
        // Without hinting and in linear metrics a glyph looks the same wherever it stands, and a text is as wide as it was measured.
        using var font = new SKFont(typeface, (float)words.Size) { Subpixel = true, Hinting = SKFontHinting.None, LinearMetrics = true, Edging = SKFontEdging.Antialias };
        var align = words.Anchor switch { Anchor.Middle => SKTextAlign.Center, Anchor.End => SKTextAlign.Right, _ => SKTextAlign.Left };
        var text = Lettering.Clean(words.Text);
        canvas.Save();
        canvas.Translate((float)words.At.X, (float)words.At.Y);
        if (words.Upwards)
        {
            canvas.RotateDegrees(-90);
        }

        if (words.Halo)
        {
            using var rim = new SKPaint { IsAntialias = true, IsStroke = true, StrokeWidth = 2.5f, StrokeJoin = SKStrokeJoin.Round, Color = SKColors.White };
            canvas.DrawText(text, 0, 0, align, font, rim);
        }

        using var ink = new SKPaint { IsAntialias = true, Color = Colour(words.Colour, 1) };
        canvas.DrawText(text, 0, 0, align, font, ink);
        canvas.Restore();
    }

    private static SKColor Colour(string colour, double opacity) => SKColor.Parse(colour).WithAlpha((byte)Math.Round(opacity * 255));

    private static SKTypeface Typeface(string name)
    {
        using var file = typeof(PngFile).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"the font {name} is not in the program");
        using var data = SKData.Create(file);
        return SKTypeface.FromData(data);
    }
}
