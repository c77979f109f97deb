using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using MimeKit;
using Standstill.Node.Notices;

namespace Standstill.Node.Tests.Notices;

/// <summary>Mail as the server took it.</summary>
internal sealed record Posted(string From, string To, bool Tls, bool Login, MimeMessage Message);

/// <summary>A mail server of others, aiosmtpd, as a process on this machine.</summary>
internal sealed class PostOffice : IDisposable
{
    private readonly Process process;

    private PostOffice(Process process, int port) => (this.process, Port) = (process, port);

    public int Port { get; }

    public static async Task<PostOffice> StartAsync(params string[] arguments)
    {
        var process = Python.Start("smtp_server.py", "aiosmtpd", arguments);
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new PostOffice(process, int.Parse((await process.StandardOutput.ReadLineAsync())!));
    }

    /// <summary>The certificate of a server on this machine, and the files that it reads it from.</summary>
    public static (X509Certificate2 Certificate, string CertificateFile, string KeyFile) Certificate(string directory)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var certificate = new CertificateRequest("CN=mail.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(directory, "mail.pem"), Path.Combine(directory, "mail.key"));
        File.WriteAllText(certificateFile, certificate.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        return (certificate, certificateFile, keyFile);
    }

    /// <summary>The way to somebody through it.</summary>
    public Route.Mail Route(MailSecurity security = MailSecurity.None, (string User, string Password)? login = null) =>
        new(new MailboxAddress("Ops", "ops@lab.example"), new MailServer("127.0.0.1", Port, security, login, new MailboxAddress("Registry", "standstill@registry.example")));

    /// <summary>The next mail that it takes.</summary>
    public async Task<Posted> NextAsync()
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1));
        var json = JsonElement.Parse(line!);
        using var data = new MemoryStream(json.GetProperty("data").GetBytesFromBase64());
        return new Posted(
            json.GetProperty("from").GetString()!, json.GetProperty("to")[0].GetString()!, json.GetProperty("tls").GetBoolean(), json.GetProperty("login").GetBoolean(), await MimeMessage.LoadAsync(data));
    }

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
