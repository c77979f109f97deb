using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Standstill.EndToEnd;

/// <summary>The pages in a real browser, with the demo's registry behind them.</summary>
public sealed class BrowserTests(ToldDemo demo, BrowserTests.Chromium chromium) : IClassFixture<BrowserTests.Chromium>
{
    private const string Executable = "/usr/bin/chromium";

    private static readonly string[] Paths =
    [
        "/", "/capability", "/pacts", "/pacts/sample-pause", "/pacts/sample-pause/what-if", "/pacts/sample-pause/what-if?out=sample-ash", "/pacts/sample-pause/timeline", "/pacts/sample-metered-pause", "/compute", "/compute/sample-ash", "/compute/sample-ivy", "/compute/sample-ivy/hall-1/all", "/inspections", "/parties", "/parties/sample-ash", "/parties/sample-cedar", "/parties/sample-evaluator", "/ledger", "/ledger/0", "/ledger/142", "/ledger/280", "/about",
    ];

    private static readonly string[] Looks = ["light", "dark", "phone"];

    /// <summary>What must have a name for those who cannot see it, and has none. Nobody meets a hidden field.</summary>
    private const string Nameless = """
        () => [...document.querySelectorAll('img, svg, [role=img], a, button, input:not([type=hidden]), select, textarea, table')].filter(e => {
          if (e.closest('[aria-hidden=true]') || e.closest('[role=img]') !== null && e.closest('[role=img]') !== e) return false;
          const labelled = (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join('');
          const name = e.getAttribute('aria-label') ?? (labelled || e.getAttribute('alt') || e.querySelector(':scope > title, caption')?.textContent
            || [...(e.labels ?? [])].map(l => l.textContent).join('') || (e.matches('a, button') ? e.textContent : ''));
          return name.trim() === '' && !(e.matches('img') && e.getAttribute('alt') === '');
        }).map(e => e.outerHTML.slice(0, 120))
        """;

    /// <summary>Text whose colour stands out from what is behind it by less than WCAG 2.2 AA asks (4.5, or 3 for large text).</summary>
    private const string Faint = """
        () => {
          const parse = c => { const m = c.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0]; return m.length < 4 ? [...m, 1] : m; };
          const light = ([r, g, b]) => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }; return 0.2126 * f(r) + 0.7152 * f(g) + 0.0722 * f(b); };
          const over = (top, below) => [0, 1, 2].map(i => top[i] * top[3] + below[i] * (1 - top[3]));
          const behind = e => { const layers = []; for (let n = e; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor); layers.push(c); if (c[3] === 1) break; }
            return layers.reverse().reduce((below, c) => over(c, below), [255, 255, 255]); };
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let t = walk.nextNode(); t; t = walk.nextNode()) {
            const e = t.parentElement, s = getComputedStyle(e);
            if (!t.textContent.trim() || e.closest('svg, script, style') || s.visibility !== 'visible' || !e.getClientRects().length || s.color.startsWith('color(') || s.color.startsWith('ok')) continue;
            const back = behind(e), front = over(parse(s.color), back), [a, b] = [light(front), light(back)].sort((x, y) => y - x);
            const ratio = (a + 0.05) / (b + 0.05), large = parseFloat(s.fontSize) >= 24 || parseFloat(s.fontSize) >= 18.66 && s.fontWeight >= 700;
            if (ratio < (large ? 3 : 4.5)) found.push(`${ratio.toFixed(2)} ${s.color}: ${t.textContent.trim().slice(0, 40)}`);
          }
          return found;
        }
        """;

    public static TheoryData<string, string> Visits => new(Looks.SelectMany(look => Paths.Select(path => (look, path))));

    public static TheoryData<string> Pages => [.. Paths];

    [Theory]
    [MemberData(nameof(Visits))]
    public async Task A_page_is_whole_in_every_look(string look, string path)
    {
        await using var visit = await VisitAsync(look, path, scripts: true);
        var page = visit.Page;
        Assert.Equal(1, await page.Locator("main h1").CountAsync());
        Assert.NotEqual("", (await page.Locator("main h1").InnerTextAsync()).Trim());
        Assert.Contains("Standstill", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Equal("en", await page.Locator("html").GetAttributeAsync("lang"));
        Assert.Empty(await page.EvaluateAsync<string[]>(Nameless));
        Assert.Empty(await page.EvaluateAsync<string[]>(Faint));
        Assert.Empty(await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)"));

        // Not `innerWidth`: a phone's window grows with what does not fit.
        var (wide, window) = (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"), page.ViewportSize!.Width);
        Assert.True(wide <= window, $"{wide} px of content in a window of {window} px");
        await page.ScreenshotAsync(new() { Path = Screenshot(look, path), FullPage = true });
        Assert.Empty(visit.Complaints);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_without_scripts_says_the_same(string path)
    {
        await using var with = await VisitAsync("light", path, scripts: true);
        await using var without = await VisitAsync("light", path, scripts: false);
        Assert.True(await without.Page.Locator("main h1").IsVisibleAsync());
        var said = await without.Page.Locator("main").InnerTextAsync();
        Assert.True(said.Length > 100, said);
        Assert.Equal(await with.Page.Locator("main h1").InnerTextAsync(), await without.Page.Locator("main h1").InnerTextAsync());
        Assert.Empty(without.Complaints);
    }

    [Fact]
    public async Task The_keyboard_reaches_the_skip_link_first_and_then_the_navigation()
    {
        await using var visit = await VisitAsync("light", "/", scripts: true);
        await visit.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("#content", await FocusAsync(visit.Page, "getAttribute('href')"));
        var box = await visit.Page.Locator(":focus").BoundingBoxAsync();
        Assert.True(box is { X: >= 0, Y: >= 0, Height: > 10 }, "the skip link is seen once it has the focus");
        var reached = new List<string>();
        for (var n = 0; n < 10; n++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");
            reached.Add(await FocusAsync(visit.Page, "closest('nav') ? document.activeElement.getAttribute('href') : ''"));
            Assert.NotEqual("none", await FocusAsync(visit.Page, "matches(':focus-visible') ? getComputedStyle(document.activeElement).outlineStyle : 'none'"));
        }

        Assert.Equal(["/", "/capability", "/pacts", "/compute", "/parties", "/ledger", "/about"], reached.Where(h => h.Length > 0));
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Page.Locator("a[href='#content']").FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("MAIN", await FocusAsync(visit.Page, "tagName"));
    }

    [Fact]
    public async Task Every_link_within_the_registry_leads_somewhere()
    {
        var node = await demo.NodeAsync();
        await using var visit = await VisitAsync("light", "/", scripts: false);
        var (seen, open) = (new HashSet<string>(Paths), new Queue<string>(Paths));
        var anchors = 0;
        while (open.TryDequeue(out var path) && seen.Count < 250)
        {
            using var answer = await node.Http.GetAsync(path);
            Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode}");
            if (answer.Content.Headers.ContentType?.MediaType != "text/html")
            {
                continue;
            }

            await visit.Page.SetContentAsync(await answer.Content.ReadAsStringAsync());
            var ids = await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('[id]')].map(e => e.id)");
            foreach (var link in await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('a[href]')].map(a => a.getAttribute('href'))"))
            {
                if (link.StartsWith('#'))
                {
                    Assert.Contains(link[1..], ids);
                    anchors++;
                }
                else if (link.StartsWith('/') && seen.Add(link.Split('#')[0]))
                {
                    open.Enqueue(link.Split('#')[0]);
                }
            }
        }

        Assert.True(seen.Count > Paths.Length && anchors > 0);
    }

    [Theory]
    [InlineData("/pacts/nonsense")]
    [InlineData("/parties/nonsense")]
    [InlineData("/parties/<script>alert(1)</script>")]
    [InlineData("/ledger/99999999")]
    [InlineData("/ledger/-1")]
    [InlineData("/nonsense")]
    public async Task A_page_that_is_not_there_says_so_to_a_person(string path)
    {
        await using var visit = await VisitAsync("light", path, scripts: true, status: 404);
        Assert.Equal(1, await visit.Page.Locator("main h1").CountAsync());
        Assert.Equal(7, await visit.Page.Locator("nav[aria-label=Pages] a").CountAsync());
    }

    [Theory]
    [InlineData("light")]
    [InlineData("phone")]
    public async Task A_signature_taken_away_on_the_board_changes_the_coalition_without_a_reload(string look)
    {
        await using var visit = await VisitAsync(look, "/pacts/sample-pause/what-if", scripts: true);
        var page = visit.Page;
        await page.EvaluateAsync("() => { window.sameDocument = true; }");
        Assert.Contains("sample-ash and sample-birch hold together", await page.Locator(".headline").InnerTextAsync(), StringComparison.Ordinal);

        await page.Locator("[data-row=sample-ash] input[type=checkbox]").UncheckAsync();
        await page.WaitForURLAsync("**/what-if?out=sample-ash");
        Assert.Equal("Nobody would be bound. sample-ash and sample-birch would be out.", await page.Locator(".headline").InnerTextAsync());
        Assert.Equal("not signed", await page.Locator("[data-row=sample-ash] .tag").InnerTextAsync());
        Assert.Equal(await page.Locator(".headline").InnerTextAsync(), await page.Locator("[role=status]").TextContentAsync());

        // A further signature, on a condition typed in, takes the place of the one that is gone.
        await page.Locator("[name='when.sample-birch']").FillAsync("all of sample-cedar");
        await page.Locator("[name='when.sample-cedar']").FillAsync("all of sample-birch");
        await page.Locator("[name='when.sample-cedar']").PressAsync("Enter");
        await page.WaitForURLAsync("**/what-if?*when=sample-cedar:*");
        Assert.StartsWith("sample-birch and sample-cedar would be bound together.", await page.Locator(".headline").InnerTextAsync(), StringComparison.Ordinal);

        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_board_changes_in_the_same_document_and_the_back_button_brings_back_what_was_there()
    {
        await using var visit = await VisitAsync("light", "/pacts/sample-pause/what-if", scripts: true);
        var page = visit.Page;
        await page.EvaluateAsync("() => { window.sameDocument = true; }");
        await page.GetByRole(AriaRole.Link, new() { Name = "Try it: sample-birch leaves" }).ClickAsync();
        await page.WaitForURLAsync("**/what-if?out=sample-birch");
        Assert.False(await page.Locator("[data-row=sample-birch] input[type=checkbox]").IsCheckedAsync());
        Assert.Equal("outcome", await FocusAsync(page, "className"));

        await page.GoBackAsync();
        await page.Locator(".headline", new() { HasText = "As it stands" }).WaitForAsync();
        Assert.True(await page.Locator("[data-row=sample-birch] input[type=checkbox]").IsCheckedAsync());
        Assert.True(await page.EvaluateAsync<bool>("() => window.sameDocument === true"));
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_board_works_without_scripts_through_its_button()
    {
        await using var visit = await VisitAsync("phone", "/pacts/sample-pause/what-if", scripts: false);
        var page = visit.Page;
        await page.Locator("[data-row=sample-ash] input[type=checkbox]").UncheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show what follows" }).ClickAsync();
        await page.WaitForURLAsync("**/what-if?out=sample-ash");
        Assert.Equal("Nobody would be bound. sample-ash and sample-birch would be out.", await page.Locator(".headline").InnerTextAsync());
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task What_makes_no_sense_on_the_board_is_said_and_stays_in_its_field()
    {
        await using var visit = await VisitAsync("light", "/pacts/sample-pause/what-if", scripts: true);
        var page = visit.Page;
        await page.Locator("[name='flop.sample-ash']").FillAsync("plenty");
        await page.Locator("#faults").WaitForAsync();
        Assert.Contains("plenty", await page.Locator("#faults").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("plenty", await page.Locator("[name='flop.sample-ash']").InputValueAsync());
        await page.Locator("[name='flop.sample-ash']").FillAsync("1e18");
        await page.Locator(".headline", new() { HasText = "would be" }).WaitForAsync();
        Assert.Equal(0, await page.Locator("#faults").CountAsync());
    }

    [Fact]
    public async Task The_checks_of_these_tests_see_what_they_look_for()
    {
        await using var visit = await VisitAsync("phone", "/", scripts: true);
        await visit.Page.EvaluateAsync("""
            () => {
              const main = document.querySelector('main');
              main.insertAdjacentHTML('beforeend', '<p>faint</p><a href="/x"></a><img src="data:,"><svg role="img"></svg>');
              Object.assign(main.querySelector(':scope > p:last-of-type').style, { color: '#999', background: '#fff', minWidth: '3000px' });
            }
            """);
        Assert.Contains("faint", Assert.Single(await visit.Page.EvaluateAsync<string[]>(Faint)), StringComparison.Ordinal);
        Assert.Equal(3, (await visit.Page.EvaluateAsync<string[]>(Nameless)).Length);
        Assert.True(await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") > 3000);
        await visit.Page.EvaluateAsync("() => { console.error('aloud'); fetch('http://127.0.0.2:9/').catch(() => 0); }");
        await visit.Page.WaitForTimeoutAsync(200);
        Assert.Contains(visit.Complaints, c => c == "console: aloud");
        Assert.True(visit.Complaints.Count >= 2, "a request to another host was not seen");
    }

    private static Task<string> FocusAsync(IPage page, string what) => page.EvaluateAsync<string>($"() => String(document.activeElement.{what})");

    private static string Screenshot(string look, string path)
    {
        var directory = Path.Combine(Built.Root, "artifacts", "screenshots");
        Directory.CreateDirectory(directory);
        return Path.Combine(directory, $"{(path == "/" ? "now" : path.Trim('/').Replace('/', '-').Replace('?', '-').Replace('=', '-'))}-{look}.png");
    }

    private async Task<Visit> VisitAsync(string look, string path, bool scripts, int status = 200)
    {
        Assert.SkipUnless(File.Exists(Executable), "chromium is not installed");
        var node = await demo.NodeAsync();
        var context = await (await chromium.BrowserAsync(Executable)).NewContextAsync(new()
        {
            BaseURL = node.Address.ToString(),
            JavaScriptEnabled = scripts,
            ColorScheme = look == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = look == "phone" ? new() { Width = 360, Height = 740 } : new() { Width = 1280, Height = 800 },
            IsMobile = look == "phone",
        });
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Page.Console += (_, message) => visit.Note(message.Type is "error" or "warning" ? $"console: {message.Text}" : null);
        visit.Page.PageError += (_, error) => visit.Note($"error: {error}");
        visit.Page.RequestFailed += (_, request) => visit.Note($"failed: {request.Url}");
        visit.Page.Request += (_, request) => visit.Note(new Uri(request.Url) is { Scheme: "data" } or { Host: "127.0.0.1" } ? null : $"another host: {request.Url}");
        var answer = await visit.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        Assert.Equal(status, answer!.Status);
        return visit;
    }

    /// <summary>A visit of one page, and what the browser complained of.</summary>
    private sealed class Visit(IBrowserContext context, IPage page) : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> complaints = [];

        public IPage Page { get; } = page;

        public IReadOnlyCollection<string> Complaints => complaints;

        public void Note(string? complaint)
        {
            if (complaint is not null)
            {
                complaints.Enqueue(complaint);
            }
        }

        public ValueTask DisposeAsync() => context.DisposeAsync();
    }

    /// <summary>One browser for all visits, started when the first asks.</summary>
    public sealed class Chromium : IAsyncDisposable
    {
        private IPlaywright? playwright;
        private IBrowser? browser;

        internal async Task<IBrowser> BrowserAsync(string executable)
        {
            playwright ??= await Playwright.CreateAsync();
            return browser ??= await playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = executable,
                Args =
                [
                    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                ],
            });
        }

        public async ValueTask DisposeAsync()
        {
            if (browser is not null)
            {
                await browser.DisposeAsync();
            }

            playwright?.Dispose();
        }
    }
}
