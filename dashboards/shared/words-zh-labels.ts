// The Chinese of the label sheets, and of the labels themselves.
export const labelsZh = {
  title: '标签',
  note: '打印二维码，贴在投放点、灯、水表和楼道',
  kinds: '印哪些',
  kind: { station: '投放点', lamp: '庭院灯', meter: '水表', building: '楼栋' },
  size: '大小',
  sizes: { small: '小 · 每页 10 张', medium: '中 · 每页 6 张' },
  big: '每个投放点另印一张整页大码（1.2 米外可扫）',
  print: '打印',
  count: (labels: number, pages: number) => `${labels} 张标签 · ${pages} 页`,
  none: '还没有可以贴标签的东西',
  noneNext: (file: string) => `在站点文件里写下投放点、灯、水表或楼栋（${file}）。`,
  noneChosen: '没有选中任何一种',
  noneChosenNext: '在上面至少选一种。',
  noCodes: '没有公开地址，所以没有二维码',
  codesLater: '写好并重启网关后，这里就有二维码。',
  withoutCodes: '先印只有编号和电话的标签',
  beforePrinting: '打印之前请先看',
  scan: '扫码报修',
  call: '没有网络请打电话',
  tell: '报修时请报编号',
  number: '编号',
  qr: (name: string) => `${name} 的报修二维码`,
  doubt: {
    'no-address': () =>
      '站点文件里没有 publicUrl：写上居民手机能打开的网址，例如 publicUrl: https://luyuan.example，再重启网关。',
    loopback: (host: string) =>
      `${host} 就是这台机器自己，任何手机都打不开：在网关前面放一个有公开域名的反向代理。`,
    private: (host: string) =>
      `小区内网以外的手机打不开 ${host}，用手机流量的居民什么也看不到：在网关前面放一个有公开域名的反向代理。`,
    'bare-name': (host: string) =>
      `${host} 不是完整的域名，只有小区内网认得，用手机流量的居民什么也看不到：请换成公开域名。`,
    'house-name': (host: string) =>
      `${host} 在公网上查不到，用手机流量的居民什么也看不到：请换成公开域名。`,
    'plain-http': (host: string) =>
      `${host} 没有加密：居民的照片和电话会在网上明文传送，手机也会提示不安全。请改用 https。`,
    elsewhere: (host: string, listens: string) =>
      `二维码指向 ${host}，但网关并不在那里，它在 ${listens}：请改 http 一节，或在那里放一个反向代理。`,
    'has-path': () => '公开地址后面带了路径，而网关的页面都在域名根下：请去掉路径。',
    long: () => '公开地址太长，二维码过密，旧手机难扫：请换一个短域名。',
    'no-phone': () =>
      '没有写联系电话：没有网络的人在标签上找不到别的办法。请在站点文件写 contact: { phone: "021-5555 0100" }。',
  },
};
