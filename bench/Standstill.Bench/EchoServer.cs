using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Standstill.Bench;

/// <summary>The least that a server of this kind does with a POST: it gives the body back. Runs as a process of its own, like the node.</summary>
internal static class EchoServer
{
    public static async Task<int> RunAsync(string address)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/api/statements", static async (HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return Results.Bytes(body.ToArray());
        });
        app.MapGet("/health", static () => "Healthy");
        await app.RunAsync();
        return 0;
    }
}
