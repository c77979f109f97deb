using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Standstill.Meter.Tests.Scraping;

/// <summary>Exporters on the loopback: what answers at each path is set by the test.</summary>
internal sealed class Exporters : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Exporters(WebApplication app, Uri address) => (_app, Address) = (app, address);

    public Uri Address { get; }

    public static async Task<Exporters> Start(Dictionary<string, RequestDelegate> answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context => answers.TryGetValue(context.Request.Path, out var answer) ? answer(context) : NotFound(context));
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new Exporters(app, new Uri(address));
    }

    public static RequestDelegate Text(string body, string type = "text/plain; version=0.0.4; charset=utf-8") => context =>
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(body);
    };

    public static RequestDelegate Bytes(byte[] body, string type, string? encoding = null) => async context =>
    {
        context.Response.ContentType = type;
        if (encoding is not null)
        {
            context.Response.Headers.ContentEncoding = encoding;
        }
        await context.Response.Body.WriteAsync(body);
    };

    public Uri At(string path) => new(Address, path);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static Task NotFound(HttpContext context)
    {
        context.Response.StatusCode = 404;
        return Task.CompletedTask;
    }
}
