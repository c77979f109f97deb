using SkiaSharp;
using Standstill.Cli.Plots;

namespace Standstill.Cli.Tests.Plots;

public sealed class LetteringTests
{
    [Theory]
    [InlineData("LiberationSans-Regular.ttf", false)]
    [InlineData("LiberationSans-Bold.ttf", true)]
    public void A_text_is_as_wide_as_the_font_makes_it(string name, bool bold)
    {
        using var file = typeof(Lettering).Assembly.GetManifestResourceStream(name)!;
        using var typeface = SKTypeface.FromStream(file);
        using var font = new SKFont(typeface, 100) { Subpixel = true, Hinting = SKFontHinting.None, LinearMetrics = true };
        foreach (var letter in Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).Concat("–—…·"))
        {
            Assert.Equal(font.MeasureText(letter.ToString()), Lettering.Width(letter.ToString(), 100, bold), 0.06);
        }
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("two\nlines\tand\0more", "two lines and more")]
    [InlineData("right\u202Eot tfel\u2066", "rightot tfel")]
    [InlineData("no letter \uFFFE", "no letter \uFFFD")]
    [InlineData("עברית", "עברית")]
    public void A_foreign_name_loses_what_a_figure_cannot_hold(string name, string clean) => Assert.Equal(clean, Lettering.Clean(name));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() => Assert.Equal("half \uFFFD pair", Lettering.Clean("half \uD83D pair"));

    [Fact]
    public void A_long_name_is_cut_between_letters_with_an_ellipsis()
    {
        Assert.Equal("short", Lettering.Fit("short", 10, 100));
        var cut = Lettering.Fit(string.Concat(Enumerable.Repeat("e\u0301", 250)), 10, 60);
        Assert.EndsWith("e\u0301…", cut, StringComparison.Ordinal);
        Assert.InRange(Lettering.Width(cut, 10), 40, 60);
    }

    [Fact]
    public void Lines_break_between_words_and_keep_all_of_them()
    {
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));
        var lines = Lettering.Wrap(words, 8, 200);

        Assert.Equal(words, string.Join(' ', lines));
        Assert.All(lines, line => Assert.True(Lettering.Width(line, 8) <= 200));
        Assert.True(lines.Length > 5);
    }
}
