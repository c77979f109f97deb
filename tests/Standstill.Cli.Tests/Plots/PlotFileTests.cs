using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using CsCheck;
using Standstill.Cli.Plots;

namespace Standstill.Cli.Tests.Plots;

public sealed class PlotFileTests
{
    private static readonly string[] Hostile =
    [
        "", "<script>alert(1)</script>", "a & b \"c\" 'd' ]]>", "\u202Eright to left", "עברית و العربية", new('W', 500), new('\n', 20), "\uD800", "模型 🤖 модель", "-->", "\u0007",
    ];

    private static readonly Gen<double> AnyFigure = Gen.OneOf(
        Gen.OneOf(0.0, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.Epsilon, double.MaxValue, double.MinValue, -1, 1e-12, 1e15), Gen.Double[1e-3, 1e4], Gen.Double);

    private static readonly Gen<DateOnly> AnyDay = Gen.OneOf(
        Gen.OneOf(DateOnly.MinValue, DateOnly.MaxValue), Gen.Int[730_000, 742_000].Select(DateOnly.FromDayNumber));

    private static readonly Gen<string> AnyName = Gen.OneOf(Gen.OneOf(Hostile), Gen.String);

    private static readonly Gen<CrossingDay> AnyCrossing = Gen.OneOf(
        Gen.Const<CrossingDay>(new CrossingDay.Already()), Gen.Const<CrossingDay>(new CrossingDay.Never()), AnyDay.Select(day => (CrossingDay)new CrossingDay.On(day)));

    [Theory]
    [InlineData("picture.pdf")]
    [InlineData("picture")]
    [InlineData("svg")]
    public void Another_form_of_picture_is_refused_with_both_that_there_are(string path)
    {
        var refused = Assert.Throws<UsageException>(() => PlotFile.Parse(path));
        Assert.Equal($"--plot: `{path}` names no form of picture; let it end in `.svg` or `.png`", refused.Message);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_refused_before_the_work() =>
        Assert.Equal("--plot: there is no directory `no/such`; make it first", Assert.Throws<UsageException>(() => PlotFile.Parse("no/such/plot.svg")).Message);

    [Fact]
    public void A_file_is_written_in_the_form_of_its_ending_over_an_older_one()
    {
        var directory = Directory.CreateTempSubdirectory("standstill-plots").FullName;
        try
        {
            foreach (var name in new[] { "a.svg", "b.PNG" })
            {
                var path = Path.Combine(directory, name);
                File.WriteAllText(path, new string('x', 1_000_000));
                PlotFile.Parse(path).Save(CrossingPlot.Draw(MadeUp.Crossing()));
                Assert.StartsWith(name == "a.svg" ? "<svg xmlns" : "\uFFFDPNG", Encoding.UTF8.GetString(File.ReadAllBytes(path)), StringComparison.Ordinal);
            }
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public void A_png_is_1600_by_1000_pixels_and_shows_more_than_white()
    {
        foreach (var drawing in All())
        {
            var png = PngFile.Write(drawing);
            Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
            Assert.Equal((1600u, 1000u), (BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(20))));
            using var picture = SkiaSharp.SKBitmap.Decode(png);

            // The title's letters: the font is in the program.
            Assert.InRange(Enumerable.Range(28, 600).Sum(x => Enumerable.Range(18, 26).Count(y => picture.GetPixel(x, y).Red < 100)), 500, 6000);
        }
    }

    [Fact]
    public void The_same_figure_is_the_same_bytes_in_any_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var (svg, png) = (All().Select(SvgFile.Write).ToArray(), All().Select(PngFile.Write).ToArray());
        try
        {
            var odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            odd.NumberFormat.NumberDecimalSeparator = ",";
            odd.NumberFormat.NumberGroupSeparator = ".";
            odd.NumberFormat.NegativeSign = "~";
            odd.DateTimeFormat.AbbreviatedMonthNames = [.. Enumerable.Range(0, 13).Select(i => $"m{i}")];
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(svg, All().Select(SvgFile.Write));
            Assert.Equal(png, All().Select(PngFile.Write));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_caption_shortens_digests_and_tells_the_seed()
    {
        Assert.Equal("m · sha256 aaaaaaaaaaaa, bbbb · 10,000 draws · seed `mine` · note", new PlotSource("m", new string('a', 64) + ",bbbb", 10_000, "mine").Caption(["note"]));
        Assert.Equal("m · sha256 a, b, c and 2 more", new PlotSource("m", "a,b,c,d,e", 0, "x").Caption([]));
    }

    [Fact]
    public void Hostile_names_are_text_and_stay_within_the_figure()
    {
        foreach (var name in Hostile)
        {
            foreach (var drawing in Named(name))
            {
                var figure = new FigureReading(drawing);
                Assert.DoesNotContain('\n', string.Concat(figure.Texts("agent")));
                foreach (var words in drawing.All.OfType<Mark.Words>().Where(words => !words.Upwards))
                {
                    var width = Lettering.Width(words.Text, words.Size, words.Bold);
                    var left = words.At.X - (words.Anchor switch { Anchor.Start => 0, Anchor.Middle => width / 2, _ => width });
                    Assert.True(left >= 0 && left + width <= Drawing.Width, $"{words.Role} `{words.Text}` lies outside");
                }
            }
        }
    }

    [Fact]
    public void Markup_in_a_name_is_escaped()
    {
        var panel = MadeUp.Curves(1).Agents[0] with { Name = "<b> & \"q\"" };
        var svg = Encoding.UTF8.GetString(SvgFile.Write(CurvesPlot.Draw(MadeUp.Curves(0) with { Agents = [panel] })));

        Assert.Contains(">&lt;b&gt; &amp; &quot;q&quot;</text>", svg);
        Assert.DoesNotContain("<b>", svg);
    }

    [Fact]
    public void No_figure_however_odd_makes_a_plot_throw()
    {
        var panel = Gen.Select(AnyName, AnyDay, AnyFigure, AnyFigure, AnyFigure, AnyFigure, AnyFigure, AnyFigure, (name, day, a, b, c, d, e, f) =>
            new AgentPanel(name, day, [new(a, b, c, d, e), new(f, a, b, c, d)], [new(a, b), new(c, d), new(e, f)], [new(0.5, a, b, c), new(b, null, d, e)], f));
        Hold(panel.Array[0, 30].Select(agents => CurvesPlot.Draw(new("t", [.. agents], MadeUp.Source))));

        var point = Gen.Select(AnyName, AnyDay, AnyFigure, AnyFigure, AnyFigure, Gen.Bool, Gen.Bool, (name, day, a, b, c, frontier, least) => new HorizonPoint(name, day, a, b, c, frontier, least));
        var fan = Gen.Select(AnyDay, AnyFigure, AnyFigure, AnyFigure, AnyFigure, AnyFigure, (day, a, b, c, d, e) => new FanDay(day, a, b, c, d, e)).Array[0, 5];
        Hold(Gen.Select(point.Array[0, 12], fan, AnyDay, AnyFigure, AnyFigure, AnyName, (points, days, last, threshold, support, name) => TrendPlot.Draw(new(
            name, name, [.. points], [new(name, [.. days.Select(day => new DayLength(day.Day, day.Median)).OrderBy(day => day.Day)])],
            new(last, [.. days.OrderBy(day => day.Day)]), [new(name, threshold)], support, MadeUp.Source))));

        var months = Gen.Select(AnyDay, AnyFigure, (day, mass) => new MonthMass(day, mass)).Array[0, 8];
        var row = Gen.Select(AnyName, AnyFigure, AnyFigure, months, AnyCrossing, AnyCrossing, AnyCrossing, (name, already, never, masses, a, b, c) => new CrossingRow(name, already, never, [.. masses], a, b, c));
        Hold(row.Array[0, 8].Select(rows => CrossingPlot.Draw(new("t", [.. rows], MadeUp.Source))));

        // One fixed seed: the same cases on every run.
        static void Hold(Gen<Drawing> drawings) => drawings.Array[80].Sample(
            drawn => Assert.All(drawn, drawing => Assert.NotEmpty(new FigureReading(drawing).Texts("caption"))), seed: "0N0XIzNsQ0O2", iter: 1, threads: 1);
    }

    [Fact]
    public void Skia_is_loaded_for_a_png_and_never_for_an_svg()
    {
        var alone = new Recording(typeof(PlotFileTests).Assembly.Location);
        var tests = alone.LoadFromAssemblyPath(typeof(PlotFileTests).Assembly.Location);
        tests.GetType(typeof(PlotFileTests).FullName!)!.GetMethod(nameof(Probe), BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, []);
        Assert.Contains("standstill", alone.Asked);
        Assert.DoesNotContain("SkiaSharp", alone.Asked);

        // Compiling what writes a PNG asks for it. It is not run: two copies of Skia in one process would share its native callbacks.
        var png = alone.Assemblies.First(assembly => assembly.GetName().Name == "standstill").GetType(typeof(PngFile).FullName!)!;
        RuntimeHelpers.PrepareMethod(png.GetMethod(nameof(PngFile.Write), BindingFlags.Public | BindingFlags.Static)!.MethodHandle);
        Assert.Contains("SkiaSharp", alone.Asked);
    }

    private static void Probe()
    {
        foreach (var drawing in All())
        {
            _ = PlotFile.Parse("any.svg").Bytes(drawing);
        }
    }

    private static Drawing[] All() => [CurvesPlot.Draw(MadeUp.Curves(5)), TrendPlot.Draw(MadeUp.Trend()), CrossingPlot.Draw(MadeUp.Crossing())];

    private static Drawing[] Named(string name)
    {
        var (curves, trend, crossing) = (MadeUp.Curves(6), MadeUp.Trend(), MadeUp.Crossing());
        var source = MadeUp.Source with { Method = name, Seed = name };
        return
        [
            CurvesPlot.Draw(curves with { Title = name, Source = source, Agents = [.. curves.Agents.Select(agent => agent with { Name = name, Remark = name })] }),
            TrendPlot.Draw(trend with
            {
                Title = name, Axis = name, Source = source,
                Points = [.. trend.Points.Select(point => point with { Name = name })],
                Trends = [.. trend.Trends.Select(line => line with { Name = name })],
                Thresholds = [.. trend.Thresholds.Select(line => line with { Name = name })],
            }),
            CrossingPlot.Draw(crossing with { Title = name, Source = source, Lengths = [.. crossing.Lengths.Select(row => row with { Name = name })] }),
        ];
    }

    /// <summary>Loads the program a second time and notes which assemblies it asks for.</summary>
    private sealed class Recording(string root) : AssemblyLoadContext("plots")
    {
        private readonly AssemblyDependencyResolver resolver = new(root);

        public HashSet<string> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Asked.Add(assemblyName.Name!);
            return resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
        }
    }
}
